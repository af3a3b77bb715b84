import { useEffect, useState } from 'react'
import { viewFacts } from '../../../shared/codecs/facts.ts'
import { isPaged, pageOf } from '../../decoding/text-pages.ts'
import type { OpenFrame } from '../../decoding/use-frame.ts'
import { report } from '../../report.ts'
import { CodeEditor } from '../../ui/code-editor.tsx'
import { folding } from '../../ui/editor-folding.ts'
import { Pager } from './pager.tsx'
import classes from './reply.module.css'

interface TextViewProps {
  readonly open: OpenFrame
  readonly number: number
}

/** A frame as text. A long one is shown page by page, so that nothing is cut off or blocks. */
export function TextView({ open, number }: TextViewProps) {
  const { opened, remote, bytes } = open
  const [chosen, setChosen] = useState({ opened, page: 0, text: opened.firstPage, problem: '' })
  // Start over with another frame or view.
  const isCurrent = chosen.opened === opened
  const page = isCurrent ? chosen.page : 0
  const text = isCurrent ? chosen.text : opened.firstPage
  const [wanted, setWanted] = useState<{ opened: unknown; page: number } | null>(null)
  const wantedPage = wanted?.opened === opened ? wanted.page : null
  useEffect(() => {
    if (wantedPage === null) return
    let current = true
    const settle = (next: string, problem: string) => {
      if (current) setChosen({ opened, page: wantedPage, text: next, problem })
    }
    remote.call('page', wantedPage).then(
      (next) => settle(next, ''),
      (thrown: unknown) => {
        if (thrown instanceof Error) settle('', thrown.message)
        else report(thrown)
      },
    )
    return () => {
      current = false
    }
  }, [remote, opened, wantedPage])
  const { syntax, label } = viewFacts[opened.view]
  // Pages of a text that is decoded as a whole do not correspond to bytes.
  const part = isPaged(opened.view) ? pageOf(bytes, page, opened.view) : null
  return (
    <>
      {opened.pages > 1 ? (
        <Pager
          page={page}
          pages={opened.pages}
          part={part}
          total={bytes.byteLength}
          onPage={(next) => setWanted({ opened, page: next })}
        />
      ) : null}
      {isCurrent && chosen.problem !== '' ? (
        <p className={classes.fault} role="alert">
          This part is not valid {label}: {chosen.problem}. View it as Hex to see every byte.
        </p>
      ) : (
        <CodeEditor
          label={`Content of reply frame ${number}`}
          value={text}
          syntax={syntax}
          extension={opened.form === 'pretty' ? folding : undefined}
        />
      )}
    </>
  )
}
