import { CodecError, codecs } from '../codecs/index.ts'
import { optionsOf } from '../codecs/protobuf/options.ts'
import type { ProtobufSchema } from '../codecs/protobuf/schema.ts'
import { InspectorError } from '../errors.ts'
import { formatSize } from '../format.ts'
import type { Frame } from '../message.ts'
import type { DraftFrame, MessageDraft } from '../workspace.ts'
import { missingAttachment } from './attachment.ts'
import { encodeText } from './encode-text.ts'

/** The most bytes of one message, all frames together. libzmq's own limit is far higher. */
export const maximumMessageBytes = 2 ** 30

/** What a draft needs besides what is written in it. */
export interface MessageSources {
  /** The Protobuf message types. */
  readonly schema: ProtobufSchema
  /** The bytes of a frame's attached file, by the frame's id; undefined when they are not there. */
  attachment(frameId: string): Frame | undefined
}

/** The bytes of one frame. Throws `CodecError`. */
export function encodeFrame(frame: DraftFrame, { schema, attachment }: MessageSources): Frame {
  if (!frame.attachment) return encodeText(frame.text, codecs[frame.encoding], optionsOf(schema, frame.message))
  const bytes = attachment(frame.id)
  if (bytes === undefined) throw missingAttachment(frame.attachment)
  return bytes
}

function failureOf(frame: number, { message, offset, length }: CodecError): InspectorError {
  return new InspectorError('encode-failed', `Frame ${frame + 1} cannot be sent: ${message}`, { frame, offset, length })
}

/**
 * The frames of a draft, made one after the other by `encode`, which throws `CodecError`. Throws `InspectorError`:
 * `encode-failed` for the first invalid frame, whose index is in `details.frame`, with `offset` and `length` of the fault
 * in UTF-16 units of its text; `too-large` above `maximumBytes`.
 */
export function framesOf(
  message: MessageDraft,
  encode: (frame: DraftFrame, index: number) => Frame,
  maximumBytes = maximumMessageBytes,
): Frame[] {
  let total = 0
  return message.map((frame, index) => {
    try {
      const bytes = encode(frame, index)
      total += bytes.byteLength
      if (total <= maximumBytes) return bytes
    } catch (thrown) {
      throw thrown instanceof CodecError ? failureOf(index, thrown) : thrown
    }
    throw new InspectorError(
      'too-large',
      `A message can have at most ${formatSize(maximumBytes)}; this one has more.`,
      {
        maximumBytes,
      },
    )
  })
}

/** The frames that a draft stands for. Throws as `framesOf` does. */
export const encodeMessage = (
  message: MessageDraft,
  sources: MessageSources,
  maximumBytes = maximumMessageBytes,
): Frame[] => framesOf(message, (frame) => encodeFrame(frame, sources), maximumBytes)
