import { useRef } from 'react'
import type { EncodingId } from '../../../shared/codecs/codec.ts'
import { encodingFacts } from '../../../shared/codecs/facts.ts'
import type { DraftFrame } from '../../../shared/workspace.ts'
import { loadCodec } from '../../state/codecs.ts'
import { optionsFor } from '../../state/schema-store.ts'
import { noteSwitch } from '../../state/switch-notes.ts'
import { draftFrame } from '../../state/workspace-store.ts'

/** Changes a frame; what was noted about its last change of encoding no longer holds. */
type Update = (patch: Partial<Omit<DraftFrame, 'id'>>) => void

interface EncodingChoice {
  readonly chooseEncoding: (encoding: EncodingId) => Promise<void>
  readonly chooseMessage: (message: string | null) => Promise<void>
}

/** Changes a frame's encoding and its message type, and its text along with them. */
export function useEncoding(sessionId: string, frame: DraftFrame, update: Update): EncodingChoice {
  /** The latest choice: an earlier one whose codec loads later is ignored. */
  const lastChoice = useRef<EncodingId>(undefined)

  const chooseEncoding = async (encoding: EncodingId) => {
    lastChoice.current = encoding
    const [from, to, { switchEncoding }, begun] = await Promise.all([
      loadCodec(frame.encoding),
      loadCodec(encoding),
      import('../../../shared/codecs/switch.ts'),
      encodingFacts[encoding].takesMessage ? skeletonOf(frame.message) : '',
    ])
    // Text typed while the codec was loading counts too.
    const now = draftFrame(sessionId, frame.id)
    if (!now || now.encoding !== from.id || lastChoice.current !== encoding) return
    const switched = switchEncoding(now.text, from, to, optionsFor(now.message))
    const text = switched.text === '' ? begun : switched.text
    update({ encoding, text })
    if (switched.kept === 'bytes') return
    noteSwitch(frame.id, { before: now, after: { encoding, text, message: now.message }, switched })
  }

  const chooseMessage = async (message: string | null) => {
    const before = draftFrame(sessionId, frame.id)
    update({ message })
    const [former, begun] = await Promise.all([skeletonOf(before?.message ?? null), skeletonOf(message)])
    const now = draftFrame(sessionId, frame.id)
    // Only what nobody has written yet.
    if (begun !== '' && now?.message === message && (now.text === '' || now.text === former)) update({ text: begun })
  }

  return { chooseEncoding, chooseMessage }
}

/** The text that a frame of the message type begins with; empty without a known type. */
async function skeletonOf(message: string | null): Promise<string> {
  const { message: type } = optionsFor(message)
  if (!type) return ''
  const { skeleton } = await import('../../../shared/codecs/protobuf/skeleton.ts')
  return skeleton(type)
}
