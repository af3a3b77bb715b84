import { Button, CloseButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { encodingFacts } from '../../../shared/codecs/facts.ts'
import type { DraftFrame } from '../../../shared/workspace.ts'
import classes from './composer.module.css'
import type { FrameMessage } from './frame-message-of.ts'
import { positionIn } from './position.ts'

interface FrameMessageLineProps {
  readonly message: FrameMessage
  readonly frame: DraftFrame
  readonly onText: (text: string) => void
  /** Goes back to the encoding and text before the change of encoding. */
  readonly onBack: (before: Pick<DraftFrame, 'encoding' | 'text'>) => void
  readonly onDismiss: () => void
  readonly onSchemas: () => void
}

const Action = ({ children, onClick }: { readonly children: ReactNode; readonly onClick: () => void }) => (
  <Button size="compact-xs" variant="default" onClick={onClick}>
    {children}
  </Button>
)

/** What there is to say about a frame, and what can be done about it. */
export function FrameMessageLine({ message, frame, onText, onBack, onDismiss, onSchemas }: FrameMessageLineProps) {
  switch (message.kind) {
    case 'fault':
      return (
        <div role="alert" className={classes.fault}>
          {frame.attachment ? '' : positionIn(frame.text, message.fault.offset)}
          {message.fault.message}
        </div>
      )
    case 'refused': {
      const { before } = message.note
      const { message: words, place, anyway, reinterpreted } = message.refusal
      return (
        <div role="status" className={classes.note}>
          <span>
            {place ? positionIn(frame.text, place.start) : ''}
            {words}
          </span>
          {anyway === null ? null : <Action onClick={() => onText(anyway)}>Convert anyway</Action>}
          {reinterpreted === null ? null : <Action onClick={() => onText(reinterpreted)}>Reinterpret the bytes</Action>}
          <Action onClick={() => onBack(before)}>Switch back to {encodingFacts[before.encoding].label}</Action>
          <Button size="compact-xs" variant="subtle" onClick={onDismiss}>
            Keep as {encodingFacts[frame.encoding].label}
          </Button>
        </div>
      )
    }
    case 'no-type':
      return (
        <div role="status" className={classes.quiet}>
          <span>
            {message.hasTypes ? 'Choose a message type' : 'Add a schema'}, or write wire fields, such as 1: 150.
          </span>
          {message.hasTypes ? null : <Action onClick={onSchemas}>Add a schema…</Action>}
        </div>
      )
    case 'converted': {
      const { reinterpreted } = message
      return (
        <div role="status" className={classes.quiet}>
          <span>Converted from {encodingFacts[message.note.before.encoding].label}.</span>
          {reinterpreted === null ? null : (
            <Button size="compact-xs" variant="subtle" onClick={() => onText(reinterpreted)}>
              Reinterpret the bytes instead
            </Button>
          )}
          <CloseButton size="xs" aria-label="Dismiss" onClick={onDismiss} />
        </div>
      )
    }
  }
}
