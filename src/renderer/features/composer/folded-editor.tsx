import { encodingFacts } from '../../../shared/codecs/facts.ts'
import { formatSize } from '../../../shared/format.ts'
import { setFramesOpen } from '../../state/open-frames.ts'
import { FoldedFrame } from '../../ui/folded-frame.tsx'
import classes from './composer.module.css'
import type { FrameEditorProps } from './frame-editor.tsx'
import { unknownSize } from './text-size.ts'

/** So much of a text says which one it is. */
const previewCharacters = 200

/** A frame of the message in one line, where there are many. */
export function FoldedEditor({ frame, index, encoded }: Pick<FrameEditorProps, 'frame' | 'index' | 'encoded'>) {
  const { id, encoding, attachment, text } = frame
  const size = encoded.ok ? formatSize(encoded.size) : encoded.error ? 'not valid' : unknownSize(frame)
  return (
    <div role="group" aria-label={`Request frame ${index + 1}`} data-frame={id} className={classes.folded}>
      <FoldedFrame
        number={index + 1}
        facts={[encodingFacts[encoding].label, size]}
        preview={attachment ? attachment.name : text.slice(0, previewCharacters).replaceAll(/\p{Cc}+/gu, ' ')}
        onUnfold={() => setFramesOpen([id], true)}
      />
    </div>
  )
}
