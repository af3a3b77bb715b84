import { longestLabel, type PlotSeries } from '../../../shared/series/series.ts'
import { problemWithTopic, type Topic } from '../../../shared/session/topic.ts'
import {
  draftOfSource,
  pathProblem,
  type SourceDraft,
  type SourceProblems,
  sourceOf,
  sourceProblems,
} from '../../../shared/values/source-draft.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import type { NewSeries } from '../../state/plot-store.ts'

/** A series as it is filled in: what is wrong in it is told next to it. */
export interface SeriesDraft extends SourceDraft {
  readonly session: string
  readonly direction: 'sent' | 'received'
  readonly how: 'all' | 'exact' | 'prefix'
  readonly topic: Topic
  readonly x: 'arrival' | 'field' | 'index'
  readonly xPath: string
  /** `1` for each number, `2/0` for the first of two. */
  readonly part: string
  readonly label: string
}

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
    ...draftOfSource(value),
    x: typeof x === 'string' ? x : 'field',
    xPath: typeof x === 'string' ? '$' : x.path,
    part: part.every === 1 ? '1' : `${part.every}/${part.from}`,
    label,
  }
}

export type Problems = SourceProblems & Partial<Readonly<Record<'topic' | 'xPath' | 'label', string>>>

function problemsIn(draft: SeriesDraft): Problems {
  const topic = draft.how === 'all' ? null : problemWithTopic(draft.topic)
  const xPath = draft.x === 'field' ? pathProblem(draft.xPath) : undefined
  return {
    ...sourceProblems(draft),
    ...(topic === null ? {} : { topic }),
    ...(xPath === undefined ? {} : { xPath }),
    ...(draft.label.length > longestLabel ? { label: `${longestLabel} characters at most.` } : {}),
  }
}

/** What a draft says, or what is wrong in it: then there is no series. */
export function readDraft(draft: SeriesDraft): { readonly problems: Problems; readonly series: NewSeries | null } {
  const problems = problemsIn(draft)
  if (Object.keys(problems).length > 0) return { problems, series: null }
  const { session, direction, how, topic, x, xPath, label } = draft
  const [every = 1, from = 0] = draft.part.split('/').map(Number)
  const value = sourceOf(draft)
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
