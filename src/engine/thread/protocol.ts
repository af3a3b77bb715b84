import type { ErrorValue } from '../../shared/errors.ts'
import type { EngineEvent } from '../../shared/session/event.ts'
import type { LogEvent } from '../transcript/log-event.ts'
import type { LogBounds } from '../transcript/protocol.ts'
import type { EngineCallName, EngineInput } from './calls.ts'

/** What the engine's thread is started with. */
export interface EngineThreadData {
  /** The file of the log, and its limits. */
  readonly log: LogBounds & { readonly path: string }
}

export type EngineThreadEvent = EngineEvent | LogEvent

export interface EngineCall<Name extends EngineCallName> {
  readonly id: number
  readonly name: Name
  readonly input: EngineInput<Name>
}

/** A call to the engine's thread. */
export type ToEngineThread = { [Name in EngineCallName]: EngineCall<Name> }[EngineCallName]

export type FromEngineThread =
  /** Calls are answered from now on. */
  | { readonly type: 'ready' }
  | { readonly type: 'events'; readonly events: readonly EngineThreadEvent[] }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly error: ErrorValue }
  /** Something failed that nobody foresaw. The thread goes on. */
  | { readonly type: 'unforeseen'; readonly description: string }
