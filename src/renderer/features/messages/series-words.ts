import type { PlotSeries } from '../../../shared/series/series.ts'
import { echoServerId } from '../../../shared/session/spec.ts'
import { shownTopic } from '../../../shared/topics/topic-text.ts'
import { sourceWords } from '../../../shared/values/source.ts'
import { type SocketDraft, socketName } from '../../../shared/workspace.ts'

/** What a series is called that a person gave no name: its socket, where there are several, its topic, and its value. */
export function seriesLabel(series: PlotSeries, all: readonly PlotSeries[], sockets: readonly SocketDraft[]): string {
  const { label, session, match, value, part, x } = series
  if (label !== '') return label
  const socket = sockets.find(({ id }) => id === session)
  const name = socket ? socketName(socket) : session === echoServerId ? 'Echo server' : 'No socket'
  const isOneOfMany = all.some((other) => other.session !== session)
  const topic = match === null ? [] : [`${shownTopic(match.topic)}${match.how === 'prefix' ? '…' : ''}`]
  const waves = x === 'index' && part.every > 1 ? [`${part.from + 1} of ${part.every}`] : []
  // Behind a topic stands the content.
  const words = sourceWords(match !== null && value.frame === 1 ? { ...value, frame: 0 } : value)
  return [...(isOneOfMany ? [name] : []), ...topic, words, ...waves].join(' · ')
}
