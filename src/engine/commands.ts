import type { CodecOptions } from '../shared/codecs/codec.ts'
import { previewFrames } from '../shared/codecs/preview.ts'
import { LatencyRecorder } from '../shared/latency/recorder.ts'
import type { LatencySnapshot } from '../shared/latency/summary.ts'
import type { Exchange, Frame, SocketAttempt } from '../shared/message.ts'
import type { ProbeReport, RangeReport } from '../shared/probe/report.ts'
import type { PointPage, SeriesPage, SeriesQuery, SeriesSuggestions } from '../shared/series/page.ts'
import type { Attachment, SocketSpec } from '../shared/session/spec.ts'
import type { SessionState } from '../shared/session/state.ts'
import type { Timing } from '../shared/session/timing.ts'
import type { Topic } from '../shared/session/topic.ts'
import type { TopicOptions } from '../shared/topics/key.ts'
import type { TopicPage, TopicQuery, TopicStart } from '../shared/topics/page.ts'
import type { PatternId } from '../shared/zmq/patterns.ts'
import type { Secrets, Security } from '../shared/zmq/security.ts'
import { wallClock } from './clock.ts'
import type { Engine } from './engine.ts'
import { Probes } from './probe/probes.ts'
import type { RepeatPlan } from './repeat.ts'
import type { WatchedSeries } from './series/series-book.ts'
import type { SuggestionRequest } from './series/suggest-series.ts'
import type { DecodedWatch } from './watch/session-watches.ts'

interface OfSession {
  readonly sessionId: string
}

/**
 * What hosts ask of the engine, for the desktop and the command line alike: the contract's commands, with messages that
 * the host has encoded. All throw `InspectorError`.
 */
export interface EngineCommands {
  'session.open'(
    input: OfSession & {
      readonly spec: SocketSpec
      readonly timing?: Timing | null | undefined
      /** Those that the security of the spec names. */
      readonly secrets?: Secrets
    },
  ): Promise<SessionState>
  'session.close'(input: OfSession): Promise<void>
  'session.remove'(input: OfSession): Promise<void>
  'session.send'(
    input: OfSession & {
      readonly frames: readonly Frame[]
      readonly timeoutMs: number
      readonly to?: Frame | null
    },
  ): Promise<Exchange | null>
  'session.attach'(input: OfSession & { readonly attachment: Attachment }): Promise<SessionState>
  'session.detach'(input: OfSession & { readonly index: number }): Promise<SessionState>
  'session.subscribe'(input: OfSession & { readonly subscriptions: readonly Topic[] }): Promise<SessionState>
  'session.secure'(input: OfSession & { readonly security: Security; readonly secrets: Secrets }): Promise<SessionState>
  'session.admit'(input: OfSession & { readonly client: number; readonly isAdmitted: boolean }): Promise<void>
  'session.time'(input: OfSession & { readonly timing: Timing | null }): Promise<SessionState>
  'session.watch'(input: OfSession & { readonly watches: readonly DecodedWatch[] }): Promise<SessionState>
  'session.cancel'(input: OfSession): Promise<void>
  'session.attempts'(): Promise<readonly SocketAttempt[]>
  'session.lastExchange'(input: OfSession): Promise<Exchange | null>
  'repeat.start'(input: OfSession & RepeatPlan): Promise<void>
  'repeat.stop'(input: OfSession): Promise<void>
  'latency.read'(input: OfSession): Promise<LatencySnapshot>
  'latency.reset'(input: OfSession): Promise<void>
  'latency.restore'(input: OfSession): Promise<void>
  /** `decoding`: the options of the key's encoding, for keys that are read from a decoded frame. */
  'topics.watch'(input: OfSession & TopicOptions & { readonly decoding?: CodecOptions }): Promise<TopicStart>
  'topics.page'(input: OfSession & TopicQuery): Promise<TopicPage | null>
  'topics.expand'(
    input: OfSession & { readonly parent: number; readonly filter: string; readonly limit: number },
  ): Promise<readonly number[]>
  'topics.stop'(input: OfSession): Promise<void>
  'series.watch'(input: { readonly series: readonly WatchedSeries[] }): Promise<void>
  'series.page'(input: SeriesQuery): Promise<SeriesPage | null>
  'series.points'(input: { readonly id: string; readonly from: number | null }): Promise<PointPage>
  'series.suggest'(input: SuggestionRequest): Promise<SeriesSuggestions>
  'probe.run'(input: {
    readonly endpoint: string
    readonly pattern?: PatternId | null | undefined
  }): Promise<ProbeReport>
  'probe.range'(input: { readonly endpoint: string }): Promise<RangeReport>
  'probe.cancel'(): Promise<void>
}

/** The figures of a session that was never opened; always empty. */
const noLatency = new LatencyRecorder()

/** The figures of a session, whether it was opened or not. */
export const latencyOf = (engine: Engine, sessionId: string): LatencyRecorder =>
  engine.find(sessionId)?.latency ?? noLatency

/** A message that a session received, on one line, without the frame at `without`, if any. */
export type SessionPreview = (session: string, frames: readonly Frame[], without: number) => string

const plainPreview: SessionPreview = (_session, frames, without) =>
  previewFrames(frames.filter((_frame, place) => place !== without))

export function engineCommands(engine: Engine, preview = plainPreview): EngineCommands {
  const probes = new Probes()
  return {
    'session.open': ({ sessionId, spec, timing, secrets }) => engine.open(sessionId, spec, timing, secrets),
    'session.close': ({ sessionId }) => engine.close(sessionId),
    'session.remove': async ({ sessionId }) => engine.remove(sessionId),
    // Passed on directly: an async wrapper would delay every exchange by several turns.
    'session.send': ({ sessionId, frames, timeoutMs, to = null }) => engine.send(sessionId, frames, timeoutMs, to),
    'session.attach': ({ sessionId, attachment }) => engine.session(sessionId).attach(attachment),
    'session.detach': async ({ sessionId, index }) => engine.session(sessionId).detach(index),
    'session.subscribe': ({ sessionId, subscriptions }) => engine.session(sessionId).subscribe(subscriptions),
    'session.secure': async ({ sessionId, security, secrets }) => engine.session(sessionId).secure(security, secrets),
    'session.admit': async ({ sessionId, client, isAdmitted }) => engine.session(sessionId).admit(client, isAdmitted),
    'session.watch': async ({ sessionId, watches }) => engine.session(sessionId).watch(watches),
    'session.time': async ({ sessionId, timing }) => engine.session(sessionId).time(timing),
    'session.cancel': async ({ sessionId }) => engine.find(sessionId)?.cancel(),
    'session.attempts': async () => engine.attempts(),
    'session.lastExchange': async ({ sessionId }) => engine.find(sessionId)?.lastExchange ?? null,
    'repeat.start': async ({ sessionId, ...plan }) => engine.session(sessionId).startRepeat(plan),
    'repeat.stop': async ({ sessionId }) => engine.find(sessionId)?.stopRepeat(),
    'latency.read': async ({ sessionId }) => latencyOf(engine, sessionId).snapshot(),
    'latency.reset': async ({ sessionId }) => engine.find(sessionId)?.resetLatency(),
    'latency.restore': async ({ sessionId }) => engine.find(sessionId)?.restoreLatency(),
    'topics.watch': async ({ sessionId, key, separator, decoding }) =>
      engine.session(sessionId).topics.watch({ key, separator }, decoding),
    'topics.page': async ({ sessionId, ...query }) =>
      engine
        .session(sessionId)
        .topics.page(query, { now: wallClock(), preview: (frames, without) => preview(sessionId, frames, without) }),
    'topics.expand': async ({ sessionId, parent, filter, limit }) =>
      engine.session(sessionId).topics.expand(parent, filter, limit),
    'topics.stop': async ({ sessionId }) => engine.find(sessionId)?.topics.stop(),
    'series.watch': async ({ series }) => engine.series.watch(series),
    'series.page': async (query) => engine.series.page(query),
    'series.points': async ({ id, from }) => engine.series.points(id, from),
    'series.suggest': async (request) => engine.series.suggest(request),
    'probe.run': ({ endpoint, pattern = null }) => probes.run(endpoint, pattern),
    'probe.range': ({ endpoint }) => probes.range(endpoint),
    'probe.cancel': async () => probes.cancel(),
  }
}
