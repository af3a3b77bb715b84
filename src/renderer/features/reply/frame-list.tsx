import { Button } from '@mantine/core'
import { useState } from 'react'
import type { EncodingId } from '../../../shared/codecs/codec.ts'
import { formatCount } from '../../../shared/format.ts'
import { countOpenFrames } from '../../state/received.ts'
import { FrameView } from './frame-view.tsx'

/** Frames that are put on the screen at a time. */
const step = 100

interface FrameListProps {
  readonly frames: readonly Uint8Array[]
  readonly connectionId: string
  /** The views of the first frames, where they are known already. */
  readonly views?: readonly EncodingId[]
}

/** The frames of a message; of very many the first ones, and the others by the hundred. */
export function FrameList({ frames, connectionId, views = [] }: FrameListProps) {
  const [shown, setShown] = useState({ frames, count: step })
  // Another message begins at its beginning.
  const count = shown.frames === frames ? shown.count : step
  const open = countOpenFrames(frames)
  const left = frames.length - count
  return (
    <>
      {frames.slice(0, count).map((bytes, index) => (
        <FrameView
          // biome-ignore lint/suspicious/noArrayIndexKey: a frame has no identity but its place
          key={index}
          bytes={bytes}
          index={index}
          connectionId={connectionId}
          openAtFirst={index < open}
          usual={views[index]}
        />
      ))}
      {left > 0 ? (
        <Button variant="default" onClick={() => setShown({ frames, count: count + step })}>
          Show {Math.min(step, left)} more of {formatCount(frames.length)} frames
        </Button>
      ) : null}
    </>
  )
}
