import type { CodecError } from '../../../shared/codecs/codec.ts'
import { encodingFacts } from '../../../shared/codecs/facts.ts'
import { beginsAsFields } from '../../../shared/codecs/protobuf/begins-as-fields.ts'
import { optionsOf } from '../../../shared/codecs/protobuf/options.ts'
import type { ProtobufSchema } from '../../../shared/codecs/protobuf/schema.ts'
import type { Refusal } from '../../../shared/codecs/switch.ts'
import type { DraftFrame } from '../../../shared/workspace.ts'
import type { EncodedFrame } from '../../state/encode-draft.ts'
import type { SwitchNote } from '../../state/switch-notes.ts'

/** The one thing that there is to say about a frame. */
export type FrameMessage =
  | { readonly kind: 'fault'; readonly fault: CodecError }
  /** The change of encoding could keep neither its bytes nor its value. */
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly note: SwitchNote }
  /** It is written for a message type, and has none. */
  | { readonly kind: 'no-type'; readonly hasTypes: boolean }
  /** The change of encoding kept its value, in other bytes. */
  | { readonly kind: 'converted'; readonly reinterpreted: string | null; readonly note: SwitchNote }

/** What to say about a frame, if anything: never two things that have the same cause. */
export function messageOf(
  frame: DraftFrame,
  encoded: EncodedFrame,
  note: SwitchNote | null,
  schema: ProtobufSchema,
): FrameMessage | null {
  const switched = note?.switched
  // What the new encoding finds wrong with the text follows from this.
  if (note && switched?.kept === 'text' && switched.refusal) return { kind: 'refused', refusal: switched.refusal, note }
  const fault = encoded.ok ? null : encoded.error
  if (fault) {
    if (!isWithoutType(frame, schema)) return { kind: 'fault', fault }
    // The list of types says that it has no such type.
    return frame.message === null ? { kind: 'no-type', hasTypes: Object.keys(schema.messages).length > 0 } : null
  }
  return note && switched?.kept === 'value' ? { kind: 'converted', reinterpreted: switched.reinterpreted, note } : null
}

/** Whether a text is neither of a known message type nor the fields that can be written without one. */
function isWithoutType({ encoding, message, text, attachment }: DraftFrame, schema: ProtobufSchema): boolean {
  if (attachment || !encodingFacts[encoding].takesMessage || optionsOf(schema, message).message) return false
  return !beginsAsFields(text)
}
