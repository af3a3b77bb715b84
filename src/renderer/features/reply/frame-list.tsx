import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import { previewFrame } from '../../../shared/codecs/preview-frame.ts'
import { formatCount, formatSize } from '../../../shared/format.ts'
import { fewFrames } from '../../state/open-frames.ts'
import { countOpenFrames } from '../../state/received.ts'
import { FoldedFrame } from '../../ui/folded-frame.tsx'
import { FramesBar } from '../../ui/frames-bar.tsx'
import { ClosedFrameView, FrameView, type FrameViewProps } from './frame-view.tsx'
import classes from './reply.module.css'

/** Frames shown at a time. */
const step = 100
/** So much of a frame says which one it is. */
const previewCharacters = 200

type FrameListProps = Pick<FrameViewProps, 'frames' | 'sessionId' | 'onDecoded'>

/** The frames of a message: each in full where they are few, else in one line until it is opened. */
export function FrameList({ frames, ...rest }: FrameListProps) {
  if (frames.length > fewFrames) return <ManyFrames frames={frames} {...rest} />
  const open = countOpenFrames(frames)
  return frames.map((bytes, index) => {
    const View = index < open ? FrameView : ClosedFrameView
    return (
      <View
        // biome-ignore lint/suspicious/noArrayIndexKey: a frame has no identity but its place
        key={index}
        bytes={bytes}
        index={index}
        frames={frames}
        isLast={index === frames.length - 1}
        onFold={null}
        {...rest}
      />
    )
  })
}

/** Which frames of a message are shown, by their places, and which of them in full. */
interface Shown {
  readonly of: readonly Uint8Array[]
  readonly count: number
  readonly open: ReadonlySet<number>
}

/** Many frames, a hundred at a time. */
function ManyFrames({ frames, sessionId, onDecoded }: FrameListProps) {
  const list = useRef<HTMLDivElement>(null)
  const [kept, setShown] = useState<Shown>({ of: frames, count: step, open: new Set() })
  // Start over with another message.
  const shown = kept.of === frames ? kept : { of: frames, count: step, open: new Set<number>() }
  const left = frames.length - shown.count
  const setOpen = (indexes: readonly number[], isOpen: boolean, count = shown.count) => {
    const rest = [...shown.open].filter((index) => !indexes.includes(index))
    setShown({ of: frames, count, open: new Set(isOpen ? [...rest, ...indexes] : rest) })
  }
  const indexes = Array.from({ length: Math.min(shown.count, frames.length) }, (_, index) => index)
  const goTo = (number: number) => {
    setOpen([number - 1], true, Math.max(shown.count, Math.ceil(number / step) * step))
    // It is there as soon as it is drawn.
    requestAnimationFrame(() => {
      const place = list.current?.querySelector<HTMLElement>(`[data-reply-frame="${number}"]`)
      place?.scrollIntoView({ block: 'start' })
      place?.querySelector<HTMLElement>('select')?.focus({ preventScroll: true })
    })
  }
  return (
    <div ref={list} className={classes.many}>
      <FramesBar of="the reply" count={frames.length} onGo={goTo} onFoldAll={(folded) => setOpen(indexes, !folded)} />
      {indexes.map((index) => {
        const bytes = frames[index]
        if (!bytes) return null
        const number = index + 1
        if (!shown.open.has(index)) {
          return (
            <div key={index} role="group" aria-label={`Reply frame ${number}`} data-reply-frame={number}>
              <FoldedFrame
                number={number}
                facts={[formatSize(bytes.byteLength)]}
                preview={previewFrame(bytes, previewCharacters).slice(0, previewCharacters)}
                onUnfold={() => setOpen([index], true)}
              />
            </div>
          )
        }
        return (
          <FrameView
            key={index}
            bytes={bytes}
            index={index}
            frames={frames}
            sessionId={sessionId}
            isLast={false}
            onFold={() => setOpen([index], false)}
            onDecoded={onDecoded}
          />
        )
      })}
      {left > 0 ? (
        <Button
          variant="default"
          className={classes.moreFrames ?? ''}
          onClick={() => setShown({ ...shown, count: shown.count + step })}
        >
          Show {Math.min(step, left)} more of {formatCount(frames.length)} frames
        </Button>
      ) : null}
    </div>
  )
}
