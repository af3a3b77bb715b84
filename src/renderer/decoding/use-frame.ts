import { useEffect, useRef, useState } from 'react'
import { reasonOf } from '../../shared/reason.ts'
import { Cancelled, needsOwnThread, RemoteFrame } from './decoder.ts'
import type { OpenedFrame, ViewRequest } from './decoder-calls.ts'

/** A frame opened on a decoder thread. */
export interface OpenFrame {
  readonly remote: RemoteFrame
  readonly request: ViewRequest
  readonly opened: OpenedFrame
  /** The bytes shown: the frame's own, or those inside its layers. */
  readonly bytes: Uint8Array
}

type End = { readonly phase: 'failed'; readonly message: string } | { readonly phase: 'cancelled' }

interface FrameUse {
  /** The latest frame that opened; the previous one while the next is being decoded. */
  readonly open: OpenFrame | null
  readonly working: boolean
  /** Why there is no newer one. */
  readonly end: End | null
  cancel(): void
  retry(): void
}

/** Decodes a frame on another thread while the component is mounted. */
export function useFrame(bytes: Uint8Array, request: ViewRequest): FrameUse {
  const [attempt, setAttempt] = useState(0)
  const [open, setOpen] = useState<OpenFrame | null>(null)
  const [ended, setEnded] = useState<{ bytes: Uint8Array; request: ViewRequest; end: End } | null>(null)
  /** The frames shown and being opened, with their threads. */
  const shown = useRef<RemoteFrame | null>(null)
  const coming = useRef<RemoteFrame | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another run
  useEffect(() => {
    let current = true
    const before = shown.current
    const own = needsOwnThread(bytes, request)
    const canStay = before?.bytes === bytes && before.own === own
    const remote = before && canStay ? before : new RemoteFrame(bytes, own, before)
    coming.current = remote
    const settle = (change: () => void) => {
      if (!current) return
      coming.current = null
      change()
    }
    remote.call('open', request).then(
      (opened) =>
        settle(() => {
          if (shown.current !== remote) shown.current?.dispose()
          shown.current = remote
          setEnded(null)
          setOpen({ remote, request, opened, bytes: opened.inner ?? bytes })
        }),
      (reason: unknown) =>
        settle(() => {
          const message = reasonOf(reason)
          if (shown.current === remote) {
            shown.current = null
            setOpen(null)
          }
          remote.dispose()
          setEnded({
            bytes,
            request,
            end: reason instanceof Cancelled ? { phase: 'cancelled' } : { phase: 'failed', message },
          })
        }),
    )
    return () => {
      current = false
      if (remote !== shown.current) remote.dispose()
    }
  }, [bytes, request, attempt])

  useEffect(
    () => () => {
      shown.current?.dispose()
      shown.current = null
    },
    [],
  )

  const end = ended && ended.bytes === bytes && ended.request === request ? ended.end : null
  const isNewest = open !== null && open.remote.bytes === bytes && open.request === request
  return {
    open,
    working: !isNewest && end === null,
    end,
    cancel: () => coming.current?.cancel(),
    retry: () => setAttempt(attempt + 1),
  }
}
