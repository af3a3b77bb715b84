import { type ArrayForm, elements, elementTypes } from '../../../shared/codecs/array/elements.ts'
import type { ViewId } from '../../../shared/codecs/codec.ts'
import { viewFacts } from '../../../shared/codecs/facts.ts'
import { parsePath } from '../../../shared/codecs/tree-path.ts'
import { InspectorError } from '../../../shared/errors.ts'
import { longestLabel, type PlotSeries } from '../../../shared/series/series.ts'
import { problemWithTopic, type Topic } from '../../../shared/session/topic.ts'
import { lastKeyFrame } from '../../../shared/topics/key.ts'
import { captureProblem, longestCapture, longestPath } from '../../../shared/values/source.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import type { NewSeries } from '../../state/plot-store.ts'

/** A series as it is filled in: what is wrong in it is told next to it. */
export interface SeriesDraft {
  readonly session: string
  readonly direction: 'sent' | 'received'
  readonly how: 'all' | 'exact' | 'prefix'
  readonly topic: Topic
  /** Counted from 1. */
  readonly frame: string
  readonly encoding: ViewId
  readonly message: string | null
  /** One of `arrayChoices`. */
  readonly array: string
  readonly path: string
  /** Empty for none. */
  readonly capture: string
  readonly x: 'arrival' | 'field' | 'index'
  readonly xPath: string
  /** `1` for each number, `2/0` for the first of two. */
  readonly part: string
  readonly label: string
}

/** The types of numbers, as they are offered. */
export const arrayChoices: readonly { readonly value: string; readonly form: ArrayForm | null }[] = [
  { value: 'As the frame before says', form: null },
  ...elementTypes.flatMap((type) => [
    { value: type, form: { type, littleEndian: true, columns: 1 } },
    ...(elements[type].size > 1
      ? [{ value: `${type}, big endian`, form: { type, littleEndian: false, columns: 1 } }]
      : []),
  ]),
]

const arrayOf = (form: ArrayForm | null): string =>
  arrayChoices.find((each) => each.form?.type === form?.type && each.form?.littleEndian === form?.littleEndian)
    ?.value ?? 'float64'

/** The draft of a series that is there, or of one to be added for a socket. */
export function draftOf(edited: PlotSeries | null, socket: string, sockets: readonly SocketDraft[]): SeriesDraft {
  if (!edited) {
    const pattern = sockets.find(({ id }) => id === socket)?.pattern
    const hasTopics = pattern !== undefined && patternOf(pattern).subscribes !== null
    return {
      session: socket,
      direction: pattern === undefined || patternOf(pattern).receives ? 'received' : 'sent',
      how: 'all',
      topic: { encoding: 'text', text: '' },
      frame: hasTopics ? '2' : '1',
      encoding: 'json',
      message: null,
      array: 'float32',
      path: '$',
      capture: '',
      x: 'arrival',
      xPath: '$',
      part: '1',
      label: '',
    }
  }
  const { session, direction, match, value, x, part, label } = edited
  return {
    session,
    direction,
    how: match?.how ?? 'all',
    topic: match?.topic ?? { encoding: 'text', text: '' },
    frame: `${value.frame + 1}`,
    encoding: value.encoding,
    message: value.message,
    array: arrayOf(value.array),
    path: value.path,
    capture: value.capture ?? '',
    x: typeof x === 'string' ? x : 'field',
    xPath: typeof x === 'string' ? '$' : x.path,
    part: part.every === 1 ? '1' : `${part.every}/${part.from}`,
    label,
  }
}

function pathProblem(path: string): string | undefined {
  if (path.length > longestPath) return 'The path is too long.'
  try {
    parsePath(path)
    return undefined
  } catch (thrown) {
    if (thrown instanceof InspectorError) return thrown.message
    throw thrown
  }
}

export type Problems = Partial<Readonly<Record<'topic' | 'frame' | 'path' | 'capture' | 'xPath' | 'label', string>>>

function problemsIn(draft: SeriesDraft): Problems {
  const frame = Number(draft.frame)
  const topic = draft.how === 'all' ? null : problemWithTopic(draft.topic)
  const capture =
    draft.capture === '' || draft.encoding === 'array'
      ? undefined
      : draft.capture.length > longestCapture
        ? 'The expression is too long.'
        : captureProblem(draft.capture)
  const found: Record<keyof Problems, string | null | undefined> = {
    topic,
    frame:
      Number.isInteger(frame) && frame >= 1 && frame <= lastKeyFrame + 1 ? undefined : `From 1 to ${lastKeyFrame + 1}.`,
    path: pathProblem(draft.path),
    capture,
    xPath: draft.x === 'field' ? pathProblem(draft.xPath) : undefined,
    label: draft.label.length > longestLabel ? `${longestLabel} characters at most.` : undefined,
  }
  const { topic: ofTopic, frame: ofFrame, path, capture: ofCapture, xPath, label } = found
  return {
    ...(ofTopic ? { topic: ofTopic } : {}),
    ...(ofFrame ? { frame: ofFrame } : {}),
    ...(path ? { path } : {}),
    ...(ofCapture ? { capture: ofCapture } : {}),
    ...(xPath ? { xPath } : {}),
    ...(label ? { label } : {}),
  }
}

/** What a draft says, or what is wrong in it: then there is no series. */
export function readDraft(draft: SeriesDraft): { readonly problems: Problems; readonly series: NewSeries | null } {
  const problems = problemsIn(draft)
  if (Object.keys(problems).length > 0) return { problems, series: null }
  const { session, direction, how, topic, encoding, message, array, path, capture, x, xPath, label } = draft
  const [every = 1, from = 0] = draft.part.split('/').map(Number)
  const value = {
    frame: Number(draft.frame) - 1,
    encoding,
    message: viewFacts[encoding].takesMessage ? message : null,
    array: encoding === 'array' ? (arrayChoices.find((each) => each.value === array)?.form ?? null) : null,
    path,
    capture: capture === '' || encoding === 'array' ? null : capture,
    isTime: false,
  }
  return {
    problems,
    series: {
      session,
      direction,
      match: how === 'all' ? null : { how, topic },
      value,
      x: x === 'field' ? { ...value, path: xPath, capture: null, isTime: true } : x,
      part: x === 'index' ? { from, every } : { from: 0, every: 1 },
      label,
    },
  }
}
