import type { ErrorValue } from '../../shared/errors.ts'
import type { LabPlan } from '../../shared/lab/plan.ts'
import type { LabProgress } from '../../shared/lab/progress.ts'
import type { Problem, StepResult } from '../../shared/lab/result.ts'
import type { SecurityWithSecrets } from '../../shared/zmq/security.ts'

/** Messages to the measuring process. It makes one run and then has nothing left to do. */
export type ToLab =
  | { readonly type: 'run'; readonly plan: LabPlan; readonly credentials: SecurityWithSecrets }
  /** Measures against an echo in the same process, over inproc. */
  | { readonly type: 'run-inproc'; readonly plan: LabPlan }
  /** Echoes on a free loopback port until the process is ended. */
  | { readonly type: 'echo' }
  /** Lets it on from the gate where it waits, at a moment of its monotonic clock. */
  | { readonly type: 'pass'; readonly gate: number; readonly atNs: number }
  | { readonly type: 'cancel' }

/** Messages from the measuring process. */
export type FromLab =
  /** It is listening for messages. */
  | { readonly type: 'ready' }
  | { readonly type: 'echoing'; readonly endpoint: string }
  /** It works, and had nothing else to say for a second. */
  | { readonly type: 'alive' }
  | { readonly type: 'progress'; readonly progress: LabProgress }
  /** Each step as it ends, so that a later crash does not lose it. */
  | { readonly type: 'step'; readonly index: number; readonly result: StepResult }
  /** It waits for those that make the load with it. */
  | { readonly type: 'gate'; readonly gate: number }
  | {
      readonly type: 'done'
      readonly outcome: 'finished' | 'cancelled' | 'failed'
      readonly problem: Problem | null
      readonly versions: Readonly<Record<string, string>>
    }
  | { readonly type: 'broken'; readonly error: ErrorValue }

/** The measuring process's end of the channel. */
export interface LabPort {
  post(message: FromLab): void
  onMessage(listen: (message: ToLab) => void): void
}

/** The other end: a process started for measuring. */
export interface LabChild {
  post(message: ToLab): void
  onMessage(listen: (message: FromLab) => void): void
  /** Called once, with what is known of the reason. */
  onExit(listen: (reason: string) => void): void
  kill(): void
}
