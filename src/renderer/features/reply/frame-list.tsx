import { Button } from '@mantine/core'
import { useState } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { countOpenFrames } from '../../state/received.ts'
import { ClosedFrameView, FrameView, type FrameViewProps } from './frame-view.tsx'

/** Frames shown at a time. */
const step = 100

type FrameListProps = Pick<FrameViewProps, 'frames' | 'sessionId' | 'onDecoded'>

/** The frames of a message; large messages show the first ones, and more by the hundred. */
export function FrameList({ frames, sessionId, onDecoded }: FrameListProps) {
  const [shown, setShown] = useState({ frames, count: step })
  // Start over with another message.
  const count = shown.frames === frames ? shown.count : step
  const open = countOpenFrames(frames)
  const left = frames.length - count
  return (
    <>
      {frames.slice(0, count).map((bytes, index) => {
        const View = index < open ? FrameView : ClosedFrameView
        return (
          <View
            // biome-ignore lint/suspicious/noArrayIndexKey: a frame has no identity but its place
            key={index}
            bytes={bytes}
            index={index}
            frames={frames}
            sessionId={sessionId}
            onDecoded={onDecoded}
          />
        )
      })}
      {left > 0 ? (
        <Button variant="default" onClick={() => setShown({ frames, count: count + step })}>
          Show {Math.min(step, left)} more of {formatCount(frames.length)} frames
        </Button>
      ) : null}
    </>
  )
}
