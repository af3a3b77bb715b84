import { useEffect, useState } from 'react'
import type { ViewId } from '../../../../shared/codecs/codec.ts'
import { reasonOf } from '../../../../shared/reason.ts'
import type { FrameChanges } from '../../../decoding/changes.ts'
import { useFrame } from '../../../decoding/use-frame.ts'
import { useViewRequest } from '../use-view-request.ts'
import { useChoice } from '../view-choices.ts'

/** A frame of a message, and the one in its place in an earlier message. */
export interface FramePair {
  readonly index: number
  readonly before: Uint8Array
  readonly after: Uint8Array
  /** The later message. */
  readonly frames: readonly Uint8Array[]
  /** Whose choices of views apply. */
  readonly sessionId: string
}

interface Compared extends FrameChanges {
  /** In which view. */
  readonly view: ViewId
}

/** What is another in a frame; the last answer until there is a newer one, and null before the first. */
export function useChanges({ index, before, after, frames, sessionId }: FramePair): {
  readonly compared: Compared | null
  readonly problem: string | null
} {
  const choice = useChoice(sessionId, index)
  const request = useViewRequest({
    bytes: after,
    index,
    frames,
    sessionId,
    choice,
    insists: false,
    otherForm: null,
  })
  const { open, end } = useFrame(after, request)
  const [compared, setCompared] = useState<Compared | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    if (!open || open.remote.bytes !== after || open.request !== request) return
    let isWanted = true
    open.remote.call('changes', { before }).then(
      (changes) => {
        if (!isWanted) return
        setProblem(null)
        setCompared({ ...changes, view: open.opened.view })
      },
      (reason: unknown) => {
        if (isWanted) setProblem(reasonOf(reason))
      },
    )
    return () => {
      isWanted = false
    }
  }, [open, request, before, after])
  return { compared, problem: end?.phase === 'failed' ? end.message : problem }
}
