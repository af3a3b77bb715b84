import type { NativeTools } from './support/native.ts'
import type { Findings } from './support/report.ts'

/** What a bench needs from its environment. */
export interface Setting {
  /** The checkout's folder. */
  readonly projectFolder: string
  /** Where the benches' programs were built. */
  readonly programFolder: string
  /** A temporary folder of this run, deleted at its end. */
  readonly temporaryFolder: string
  /** Fewer and shorter rounds: to check that a bench works, not for results. */
  readonly quick: boolean
  /** How many records a log has that is searched. */
  readonly records: number
  /** Whether benches that measure for some seconds do so for a minute. */
  readonly long: boolean
  /** The programs built from C; undefined where they cannot be built. */
  readonly native: NativeTools | undefined
  /** A Python with pyzmq; undefined without one. */
  readonly python: string | undefined
}

export type Need = 'native' | 'python' | 'application' | 'command line'

/** Something the bench requires is missing. */
export class Skipped extends Error {}

export interface Bench {
  readonly name: string
  /** What it measures, in one line. */
  readonly about: string
  /** What to provide before any bench runs. `native` and `python` may be unavailable. */
  readonly needs: readonly Need[]
  /** Throws `Skipped` when something required is missing. */
  run(setting: Setting): Promise<Findings>
}
