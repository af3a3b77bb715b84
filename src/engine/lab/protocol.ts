import type { ErrorValue } from '../../shared/errors.ts'
import type { LabPlan } from '../../shared/lab/plan.ts'
import type { LabProgress } from '../../shared/lab/progress.ts'
import type { Problem, StepResult } from '../../shared/lab/result.ts'

/** What the measuring process is told. It makes one run and then has nothing more to do. */
export type ToLab =
  | { readonly type: 'run'; readonly plan: LabPlan }
  /** Measures against an echo in the measuring process itself, over inproc. */
  | { readonly type: 'run-inproc'; readonly plan: LabPlan }
  /** Answers on a free port of the loopback, until the process is ended. */
  | { readonly type: 'echo' }
  | { readonly type: 'cancel' }

/** What it tells. */
export type FromLab =
  /** It listens for what it is told. */
  | { readonly type: 'ready' }
  | { readonly type: 'echoing'; readonly endpoint: string }
  | { readonly type: 'progress'; readonly progress: LabProgress }
  /** Each step as it ends, so that a crash in a later one takes nothing with it. */
  | { readonly type: 'step'; readonly result: StepResult }
  | {
      readonly type: 'done'
      readonly outcome: 'finished' | 'cancelled' | 'failed'
      readonly problem: Problem | null
      readonly versions: Readonly<Record<string, string>>
    }
  | { readonly type: 'broken'; readonly error: ErrorValue }

/** The measuring process's side of the way between the two. */
export interface LabPort {
  post(message: FromLab): void
  onMessage(listen: (message: ToLab) => void): void
}

/** The other side: a process that was started to measure. */
export interface LabChild {
  post(message: ToLab): void
  onMessage(listen: (message: FromLab) => void): void
  /** Called once, with what is known of why. */
  onExit(listen: (reason: string) => void): void
  kill(): void
}
