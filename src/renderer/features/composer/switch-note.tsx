import { Button } from '@mantine/core'
import type { EncodingId } from '../../../shared/codecs/codec.ts'
import { encodingFacts } from '../../../shared/codecs/facts.ts'
import classes from './composer.module.css'

/** A text that could not be converted to the new encoding, with its previous encoding. */
export interface KeptText {
  readonly reason: string
  readonly encoding: EncodingId
  readonly text: string
}

interface SwitchNoteProps {
  readonly kept: KeptText
  /** The encoding that the text is kept under. */
  readonly encoding: EncodingId
  readonly onBack: () => void
  readonly onDismiss: () => void
}

/** Says that an encoding switch did not keep the bytes, and offers to switch back. */
export function SwitchNote({ kept, encoding, onBack, onDismiss }: SwitchNoteProps) {
  return (
    <div role="status" className={classes.note}>
      <span>{kept.reason}</span>
      <Button size="compact-xs" variant="default" onClick={onBack}>
        Switch back to {encodingFacts[kept.encoding].label}
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={onDismiss}>
        Keep as {encodingFacts[encoding].label}
      </Button>
    </div>
  )
}
