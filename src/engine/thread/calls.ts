import type { LabSettings } from '../../shared/lab/plan.ts'
import type { PackedSamples } from '../../shared/latency/recorder.ts'
import type { SessionState } from '../../shared/session/state.ts'
import type { FoundRows, LogCount } from '../../shared/transcript/query.ts'
import type { RecordRow, TranscriptRecord } from '../../shared/transcript/record.ts'
import type { LogStatus } from '../../shared/transcript/status.ts'
import type { EngineCommands } from '../commands.ts'
import type { LogBounds, LogCalls, LogViews, StoreStatus } from '../transcript/protocol.ts'

/** What there is now. */
export interface EngineSnapshot {
  readonly sessions: readonly SessionState[]
  /** Null until the log's file is open, and when it cannot be used. */
  readonly log: LogStatus | null
}

/** A run of the lab that a session of the engine expects. */
export interface NumberedRun {
  readonly id: number
  /** With what the routing ids of the run's sockets must begin. */
  readonly routingIdPrefix: string
}

/** What the host of an engine on a thread can ask of it and of its log. All reject with `InspectorError`. */
export interface EngineCalls extends EngineCommands {
  'engine.snapshot'(): Promise<EngineSnapshot>
  /** The versions of the libraries that the engine uses. */
  'engine.versions'(): Promise<Readonly<Record<string, string>>>
  /**
   * Closes every socket, writes what is pending and closes the log. Nothing can be asked afterwards. `lingers`: whether
   * sockets are left that still have something to send, as their linger option says.
   */
  'engine.dispose'(): Promise<{ readonly lingers: boolean }>
  /** Every round trip that is kept. */
  'latency.samples'(input: { readonly sessionId: string }): Promise<PackedSamples>
  /** Has the session that a run of the lab goes to expect it; null when the run goes elsewhere. */
  'run.expect'(input: { readonly settings: LabSettings; readonly name: string }): Promise<NumberedRun | null>
  /** The run has ended, in whatever way. */
  'run.end'(input: { readonly id: number }): Promise<void>
  'log.query'(input: LogCalls['query']['input']): Promise<readonly RecordRow[]>
  'log.search'(input: LogCalls['search']['input']): Promise<FoundRows<RecordRow>>
  'log.count'(input: LogCalls['count']['input']): Promise<LogCount>
  /** The record with this number, from the file or among the newest; null when there is none. */
  'log.entry'(input: { readonly id: number }): Promise<TranscriptRecord | null>
  /** The number of the reply to a request, or of the request of a reply; null when there is none near it. */
  'log.partner'(input: { readonly id: number }): Promise<number | null>
  'log.flush'(): Promise<StoreStatus>
  'log.page'(input: LogCalls['page']['input']): Promise<LogCalls['page']['output']>
  'log.survey'(input: LogCalls['survey']['input']): Promise<LogCalls['survey']['output']>
  /** Deletes every record, also the newest that are not in the file. */
  'log.clear'(): Promise<void>
  /** Starts or stops logging what happens. */
  'log.record'(input: { readonly recording: boolean }): Promise<void>
  'log.setBounds'(input: LogBounds): Promise<void>
  /** Has entries to come previewed as their frames are shown. */
  'log.setViews'(input: LogViews): Promise<void>
}

export type EngineCallName = keyof EngineCalls
/** Undefined for calls without input. */
export type EngineInput<Name extends EngineCallName> = Parameters<EngineCalls[Name]>[0]
export type EngineOutput<Name extends EngineCallName> = Awaited<ReturnType<EngineCalls[Name]>>

/** The functions behind the calls, by name. */
export type EngineService = {
  readonly [Name in EngineCallName]: (input: EngineInput<Name>) => Promise<EngineOutput<Name>>
}
