import type { ArrayForm } from '../../../shared/codecs/array/elements.ts'
import { maximumTopicBytes } from '../../../shared/session/topic.ts'
import { topicOf } from '../../../shared/topics/topic-text.ts'
import { messageOf } from '../../../shared/transcript/record.ts'
import type { Plottable } from '../../../shared/values/scalar.ts'
import type { ValueSource } from '../../../shared/values/source.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import type { OpenFrame } from '../../decoding/use-frame.ts'
import { addSeries, type NewSeries, showPlot } from '../../state/plot-store.ts'
import { workspaceStore } from '../../state/workspace-store.ts'
import type { ShownRecord } from './record-view.tsx'

/** The most columns of an array that become series of their own. */
const mostColumns = 6

/** What the series of a record's values have in common: its session, and its topic where such messages have one. */
function ofRecord(record: ShownRecord, frame: number): Pick<NewSeries, 'session' | 'direction' | 'match'> {
  const { session, direction } = record
  const pattern = workspaceStore.getState().sockets.find(({ id }) => id === session)?.pattern
  const [first] = messageOf(record)
  const hasTopic = pattern !== undefined && patternOf(pattern).subscribes !== null && frame > 0 && first !== undefined
  return {
    session,
    direction: direction === 'sent' ? 'sent' : 'received',
    match: hasTopic && first.byteLength <= maximumTopicBytes ? { how: 'exact', topic: topicOf(first) } : null,
  }
}

export const sourceIn = ({ opened }: OpenFrame, frame: number, message: string | null): Omit<ValueSource, 'path'> => ({
  frame,
  encoding: opened.view,
  message,
  array: null,
  capture: null,
  isTime: false,
})

export interface PlottedFrame {
  readonly record: ShownRecord
  readonly open: OpenFrame
  /** Its place in the message, from 0. */
  readonly frame: number
  /** The Protobuf message type it is read as. */
  readonly message: string | null
}

/** Plots the value of a node over time, or its numbers in a row. `treePath`: its place in the tree. */
export async function plotNode(
  { record, open, frame, message }: PlottedFrame,
  treePath: string,
  what: Plottable,
): Promise<void> {
  const path = await open.remote.call('nodeText', { path: treePath, form: 'path' })
  addSeries([
    {
      ...ofRecord(record, frame),
      value: { ...sourceIn(open, frame, message), path },
      x: what === 'numbers' ? 'index' : 'arrival',
      part: { from: 0, every: 1 },
    },
  ])
  showPlot()
}

/** Plots the numbers of a frame, a series for each column. */
export function plotArray({ record, open, frame }: Omit<PlottedFrame, 'message'>, form: ArrayForm): void {
  const columns = Math.min(form.columns, mostColumns)
  addSeries(
    Array.from(
      { length: columns },
      (_, from): NewSeries => ({
        ...ofRecord(record, frame),
        value: { ...sourceIn(open, frame, null), encoding: 'array', array: { ...form, columns: 1 }, path: '$' },
        x: 'index',
        part: { from, every: form.columns },
      }),
    ),
  )
  showPlot()
}
