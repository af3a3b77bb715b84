import { Button } from '@mantine/core'
import { useState } from 'react'
import { viewFacts } from '../../../../shared/codecs/facts.ts'
import { formatSize } from '../../../../shared/format.ts'
import { isSameMessage } from '../../../../shared/message.ts'
import type { FrameChanges } from '../../../decoding/changes.ts'
import { largeFrameBytes } from '../../../state/received.ts'
import { ByteChangesTable } from './byte-changes.tsx'
import classes from './changes.module.css'
import { TextChanges } from './text-changes.tsx'
import { type FramePair, useChanges } from './use-changes.ts'
import { countsInWords, ValueChangesTable } from './value-changes.tsx'

/** What is shown of changes: the values where there are any, or the bytes. */
export type ChangesForm = 'values' | 'bytes'

interface FrameChangesProps extends FramePair {
  readonly form: ChangesForm
}

function sizesInWords(before: Uint8Array, after: Uint8Array): string {
  const sizes = [formatSize(before.byteLength), formatSize(after.byteLength)]
  return before.byteLength === after.byteLength ? (sizes[0] ?? '') : sizes.join(' → ')
}

/** In the values, or the text, where that says something, and else in the bytes. */
function Shown({ changes, form }: { readonly changes: FrameChanges; readonly form: ChangesForm }) {
  const { values, text, bytes } = changes
  if (form === 'bytes' || (!values && !text)) return <ByteChangesTable {...bytes} />
  if (text) return <TextChanges pieces={text} />
  if (values && values.changes.length > 0) return <ValueChangesTable {...values} />
  return (
    <>
      <p className={classes.note}>The values are the same. They are written in another way.</p>
      <ByteChangesTable {...bytes} />
    </>
  )
}

function Compared({ form, ...pair }: FrameChangesProps) {
  const { compared, problem } = useChanges(pair)
  const { index, before, after } = pair
  const facts = [
    ...(compared?.values || compared?.text ? [viewFacts[compared.view].label] : []),
    ...(compared?.values && compared.values.changes.length > 0 ? [countsInWords(compared.values.counts)] : []),
    sizesInWords(before, after),
  ]
  return (
    <div role="group" aria-label={`Changes in frame ${index + 1}`} className={classes.frame}>
      <p className={classes.heading}>
        <strong>Frame {index + 1}</strong> {facts.join(' · ')}
      </p>
      {problem === null ? null : (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
      {compared ? <Shown changes={compared} form={form} /> : null}
    </div>
  )
}

/** What is another in a frame than in the one in its place before. Large frames are compared when they are asked for. */
export function FrameChangesView(props: FrameChangesProps) {
  const { index, before, after } = props
  const [wanted, setWanted] = useState<Uint8Array | null>(null)
  if (isSameMessage([before], [after])) {
    return (
      <p className={classes.heading}>
        <strong>Frame {index + 1}</strong> the same · {formatSize(after.byteLength)}
      </p>
    )
  }
  if (Math.max(before.byteLength, after.byteLength) <= largeFrameBytes || wanted === after)
    return <Compared {...props} />
  return (
    <p className={classes.heading}>
      <strong>Frame {index + 1}</strong> {sizesInWords(before, after)}{' '}
      <Button size="compact-xs" variant="default" onClick={() => setWanted(after)}>
        Compare
      </Button>
    </p>
  )
}
