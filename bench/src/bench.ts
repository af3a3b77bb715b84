import type { NativeTools } from './support/native.ts'
import type { Findings } from './support/report.ts'

/** What a bench asks of its machine. */
export interface Setting {
  /** The checkout's folder. */
  readonly projectFolder: string
  /** Where the programs of the benches were built. */
  readonly programFolder: string
  /** A folder of this run's own, which is removed at its end. */
  readonly temporaryFolder: string
  /** Fewer and shorter rounds: to see that a bench works, not to judge by. */
  readonly quick: boolean
  /** What was built from C; undefined where it cannot be. */
  readonly native: NativeTools | undefined
  /** A Python that has pyzmq; undefined where there is none. */
  readonly python: string | undefined
}

export type Need = 'native' | 'python' | 'application' | 'command line'

/** What a bench cannot do without is not there. */
export class Skipped extends Error {}

export interface Bench {
  readonly name: string
  /** What it measures, in one line. */
  readonly about: string
  /** What is provided before any bench runs. `native` and `python` may turn out not to be had. */
  readonly needs: readonly Need[]
  /** Throws `Skipped` when something is lacking. */
  run(setting: Setting): Promise<Findings>
}
