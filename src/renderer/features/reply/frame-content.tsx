import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { ArrayForm } from '../../../shared/codecs/array/elements.ts'
import type { ViewId } from '../../../shared/codecs/codec.ts'
import { viewFacts } from '../../../shared/codecs/facts.ts'
import { formatCount, formatSize } from '../../../shared/format.ts'
import type { Fault, OpenedFrame } from '../../decoding/decoder-calls.ts'
import type { useFrame } from '../../decoding/use-frame.ts'
import { ArrayView } from './array-view.tsx'
import { BytesView, type PlotNode, type Selection } from './bytes-view.tsx'
import classes from './reply.module.css'
import { TextView } from './text-view.tsx'
import type { WatchNode } from './watch-node.ts'

/** Decoding that takes less is not announced: the message would flicker. */
const announceAfterMs = 200

const cutShort = 'Cut short: '

function faultInWords({ message, offset, around }: Fault, label: string): string {
  // A layer that cannot be opened has no byte to point at.
  if (around === '') return message
  const place = `${label} at byte ${formatCount(offset)}`
  return message.startsWith(cutShort)
    ? `Incomplete ${place}: ${message.slice(cutShort.length)}`
    : `Not valid ${place}: ${message}`
}

function FaultMessage({ opened }: { readonly opened: OpenedFrame }) {
  const { fault, view, tree, pages } = opened
  if (!fault) return null
  return (
    <p className={classes.fault} role="alert">
      {faultInWords(fault, viewFacts[view].label)}.{tree || pages > 0 ? '' : ' View it as Hex to see every byte.'}
      {fault.around === '' ? null : <span className={classes.around}>{fault.around}</span>}
    </p>
  )
}

/** Why a view was suggested, where more than the bytes tells it. */
const reasons: Readonly<Record<NonNullable<OpenedFrame['because']>, (label: string) => string>> = {
  request: (label) => `Shown as ${label}, like the request.`,
  'frame before': (label) => `Shown as ${label}: the frame before it describes one of this size.`,
}

/** Says why another view is shown than the one that was chosen, or why this one was suggested. */
function ViewNote({ opened, onInsist }: { readonly opened: OpenedFrame; readonly onInsist: (view: ViewId) => void }) {
  const { unfit, view, because } = opened
  const { label } = viewFacts[view]
  if (unfit === null) return because ? <p className={classes.note}>{reasons[because](label)}</p> : null
  const wanted = viewFacts[unfit].label
  return (
    <p className={classes.note}>
      Not {wanted}: shown as {label}.{' '}
      <Button size="compact-xs" variant="default" onClick={() => onInsist(unfit)}>
        Show as {wanted} anyway
      </Button>
    </p>
  )
}

/** Says that a frame is being decoded, and lets the person cancel. */
function Decoding({ size, onCancel }: { readonly size: number; readonly onCancel: () => void }) {
  const [announced, setAnnounced] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setAnnounced(true), announceAfterMs)
    return () => clearTimeout(timer)
  }, [])
  if (!announced) return null
  return (
    <p className={classes.message} role="status">
      Decoding {formatSize(size)}…{' '}
      <Button size="compact-xs" variant="default" onClick={onCancel}>
        Cancel decoding
      </Button>
    </p>
  )
}

interface FrameContentProps {
  readonly use: ReturnType<typeof useFrame>
  readonly size: number
  readonly number: number
  readonly selection: Selection | null
  readonly onSelect: (selection: Selection) => void
  /** Asks for the view that does not fit. */
  readonly onInsist: (view: ViewId) => void
  /** The form of the array that was chosen last: it is opened a moment later. Null for none. */
  readonly array: ArrayForm | null
  readonly onArray: (form: ArrayForm) => void
  /** Plots the value of a node; null where it cannot be plotted. */
  readonly onPlot: PlotNode | null
  readonly onWatch: WatchNode | null
  /** Plots all numbers of an array; null where they cannot be plotted. */
  readonly onPlotArray: ((form: ArrayForm) => void) | null
  /** Whether it takes all the room that there is, instead of what it needs. */
  readonly fills: boolean
  readonly finding: boolean
  readonly onFindClose: () => void
}

/** A frame in the chosen view, as far as it could be decoded. */
export function FrameContent(props: FrameContentProps) {
  const { use, size, number, onInsist, array, onArray, onPlotArray, ...bytesView } = props
  const { open, working, end, cancel, retry } = use
  if (end) {
    return (
      <p className={classes.message} role="alert">
        {end.phase === 'cancelled' ? 'Decoding was cancelled.' : `Decoding failed: ${end.message}`}{' '}
        <Button size="compact-xs" variant="default" onClick={retry}>
          Decode again
        </Button>
      </p>
    )
  }
  if (size === 0 && open?.opened.view === 'protobuf') {
    return <p className={classes.message}>0 B: all fields at their defaults.</p>
  }
  if (size === 0 && !open?.opened.tree) return <p className={classes.message}>An empty frame (0 B).</p>
  return (
    <>
      {working ? <Decoding size={size} onCancel={cancel} /> : null}
      {open ? (
        <>
          <ViewNote opened={open.opened} onInsist={onInsist} />
          <FaultMessage opened={open.opened} />
          {open.opened.array && !open.opened.fault ? (
            <ArrayView
              open={open}
              form={array ?? open.opened.array}
              number={number}
              onForm={onArray}
              onPlot={onPlotArray}
            />
          ) : open.opened.tree || open.opened.view === 'hex' ? (
            <BytesView open={open} number={number} {...bytesView} />
          ) : open.opened.pages > 0 ? (
            <TextView open={open} number={number} />
          ) : null}
        </>
      ) : null}
    </>
  )
}
