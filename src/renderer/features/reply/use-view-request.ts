import { useMemo } from 'react'
import { describedArray } from '../../../shared/codecs/array/described.ts'
import { viewFacts } from '../../../shared/codecs/facts.ts'
import { optionsOf } from '../../../shared/codecs/protobuf/options.ts'
import type { Form, ReplyView } from '../../../shared/workspace.ts'
import type { ViewRequest } from '../../decoding/decoder-calls.ts'
import { useSchemas } from '../../state/schema-store.ts'
import { useRequestEncoding } from './view-choices.ts'

interface ShownFrame {
  readonly bytes: Uint8Array
  readonly index: number
  /** The message that contains the frame. */
  readonly frames: readonly Uint8Array[]
  readonly sessionId: string
  readonly choice: ReplyView
  /** Whether the chosen view is wanted for these very bytes, even if it does not fit. */
  readonly insists: boolean
  /** The form of the view that takes the place of one that does not fit. */
  readonly otherForm: Form | null
}

/** How a frame of a message is read: as it was chosen for its place, or else as what it follows suggests. */
export function useViewRequest(frame: ShownFrame): ViewRequest {
  const { bytes, index, frames, sessionId, choice, insists, otherForm } = frame
  const like = useRequestEncoding(sessionId, index)
  const before = frames[index - 1]
  const described = useMemo(() => describedArray(before, bytes.byteLength), [before, bytes])
  const takesMessage = choice.view !== null && viewFacts[choice.view].takesMessage
  // Null where it does not matter, so that frames of other encodings are not decoded again when a schema changes.
  const schema = useSchemas((schemas) => (takesMessage ? schemas.schema : null))
  return useMemo(
    (): ViewRequest => ({
      layers: choice.layers,
      view: choice.view,
      insists,
      like,
      described: described?.form ?? null,
      form: choice.form,
      otherForm,
      options: {
        ...(schema ? optionsOf(schema, choice.message) : {}),
        ...(choice.array && choice.view === 'array' ? { array: choice.array } : {}),
      },
    }),
    [choice, schema, insists, like, described, otherForm],
  )
}
