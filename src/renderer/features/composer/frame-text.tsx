import { Button } from '@mantine/core'
import { useMemo, useRef, useState } from 'react'
import type { EncodingId } from '../../../shared/codecs/codec.ts'
import type { EncodingFacts } from '../../../shared/codecs/facts.ts'
import { CodeEditor, type Fault } from '../../ui/code-editor.tsx'
import type { Complete } from '../../ui/editor-completion.ts'
import { CollapsedText } from './collapsed-text.tsx'
import classes from './composer.module.css'
import { textSizeOf } from './text-size.ts'

interface EncodedText {
  readonly text: string
  readonly encoding: EncodingId
}

/** A change of more characters was pasted. */
const typedCharacters = 1000

interface FrameTextProps {
  readonly label: string
  readonly encoding: EncodingId
  readonly text: string
  readonly syntax: EncodingFacts['syntax']
  readonly fault: Fault | null
  readonly complete: Complete | undefined
  readonly onChange: (text: string) => void
  readonly onSave: () => void
}

/**
 * The text of a frame in an editor, or collapsed when it is too long for one. The editor stays while the text is
 * collapsed, with the text from before, so that its undo history is there when the text comes back.
 */
export function FrameText({ label, encoding, text, syntax, fault, complete, onChange, onSave }: FrameTextProps) {
  const size = useMemo(() => textSizeOf(text), [text])
  /** The long text that somebody asked to see, or made long by typing. */
  const [shown, setShown] = useState<boolean>(false)
  const isCollapsed = size === 'huge' || (size === 'long' && !shown)
  /** The long text that was cleared last. */
  const [cleared, setCleared] = useState<EncodedText | null>(null)
  /** What the editor holds, and how it was encoded; null before it held anything. */
  const edited = useRef<EncodedText | null>(null)
  if (!isCollapsed) edited.current = { text, encoding }
  const before = edited.current
  const isTyped = (next: string): boolean => Math.abs(next.length - text.length) <= typedCharacters
  return (
    <>
      {isCollapsed ? (
        <CollapsedText
          text={text}
          onShow={size === 'huge' ? null : () => setShown(true)}
          onUndo={before?.encoding === encoding ? () => onChange(before.text) : null}
          onSave={onSave}
          onClear={() => {
            setCleared({ text, encoding })
            onChange('')
          }}
        />
      ) : null}
      {cleared && !isCollapsed && cleared.encoding === encoding ? (
        <div role="status" className={classes.note}>
          <span>The long text was cleared.</span>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              setCleared(null)
              onChange(cleared.text)
            }}
          >
            Bring it back
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => setCleared(null)}>
            Dismiss
          </Button>
        </div>
      ) : null}
      <div hidden={isCollapsed} className={classes.text}>
        <CodeEditor
          label={label}
          value={before?.text ?? ''}
          syntax={syntax}
          complete={complete}
          fault={isCollapsed ? null : fault}
          isTooLong={(next) => {
            const nextSize = textSizeOf(next)
            return nextSize === 'huge' || (nextSize === 'long' && !shown && !isTyped(next))
          }}
          onChange={(next) => {
            // A text does not go from under the hands of who types it.
            if (!shown && isTyped(next) && textSizeOf(next) === 'long') setShown(true)
            onChange(next)
          }}
        />
      </div>
    </>
  )
}
