import { call } from '../../api.ts'
import type { DecoderCalls, OpenedFrame } from '../../decoding/decoder-calls.ts'
import type { OpenFrame } from '../../decoding/use-frame.ts'
import { takeAsRequest } from '../../state/frame-as-request.ts'
import type { Selection } from './bytes-view.tsx'

/** What can be done with a frame that is open. */
export interface FrameUse {
  readonly opened: OpenedFrame
  /** What Copy takes: the selection if any, else the frame. */
  readonly what: 'frame' | 'selection'
  /** Whether there are bytes to search. */
  readonly canFind: boolean
  readonly onCopy: (format: DecoderCalls['copy']['input']['format']) => Promise<void>
  readonly onSave: () => Promise<void>
  /** Makes its message the request. */
  readonly onUse: () => Promise<void>
}

interface ReceivedFrame {
  readonly open: OpenFrame
  /** Counted from 1. */
  readonly number: number
  readonly selection: Selection | null
  /** The message that contains the frame. */
  readonly frames: readonly Uint8Array[]
  /** The socket, for the views its frames are shown in. */
  readonly sessionId: string
}

/** Copies a frame, or the part of it that is selected; saves its bytes; uses its message. */
export function frameUse({ open, number, selection, frames, sessionId }: ReceivedFrame): FrameUse {
  const { remote, opened, bytes } = open
  const canFind = opened.tree !== null || opened.view === 'hex'
  const part = canFind && selection?.of === opened ? selection.span : null
  return {
    opened,
    what: part ? 'selection' : 'frame',
    canFind,
    onCopy: async (format) => {
      const text = await remote.call('copy', { span: format === 'shown' ? null : part, format })
      if (text === null) throw new Error('These bytes are not UTF-8 text. Copy them as hex.')
      await call('clipboard.write', { text })
    },
    onSave: async () => {
      await call('file.save', { name: `reply-frame-${number}.bin`, bytes })
    },
    onUse: () => takeAsRequest(frames, sessionId),
  }
}
