import type { PlotSeries } from '../../../shared/series/series.ts'
import { echoServerId } from '../../../shared/session/spec.ts'
import { shownTopic } from '../../../shared/topics/topic-text.ts'
import { sourceWords } from '../../../shared/values/source.ts'
import { type SocketDraft, socketName } from '../../../shared/workspace.ts'

/** What a series is called, in two parts: the first may be cut where there is no room. */
export interface SeriesName {
  /** Its socket, where there are several, and its topic; empty for neither. */
  readonly of: string
  /** Its value, or the name that a person gave it. */
  readonly value: string
}

/** What a series is called. */
export function seriesName(
  series: PlotSeries,
  all: readonly PlotSeries[],
  sockets: readonly SocketDraft[],
): SeriesName {
  const { label, session, match, value, part, x } = series
  if (label !== '') return { of: '', value: label }
  const socket = sockets.find(({ id }) => id === session)
  const name = socket ? socketName(socket) : session === echoServerId ? 'Echo server' : 'No socket'
  const isOneOfMany = all.some((other) => other.session !== session)
  const topic = match === null ? [] : [`${shownTopic(match.topic)}${match.how === 'prefix' ? '…' : ''}`]
  const waves = x === 'index' && part.every > 1 ? [`${part.from + 1} of ${part.every}`] : []
  // Behind a topic stands the content.
  const words = sourceWords(match !== null && value.frame === 1 ? { ...value, frame: 0 } : value)
  return { of: [...(isOneOfMany ? [name] : []), ...topic].join(' · '), value: [words, ...waves].join(' · ') }
}

/** A name on one line. */
export const labelOf = ({ of, value }: SeriesName): string => (of === '' ? value : `${of} · ${value}`)
