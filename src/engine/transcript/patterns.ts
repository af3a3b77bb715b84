import { createContext, Script } from 'node:vm'
import { z } from 'zod'
import type { SearchPattern } from '../../shared/transcript/search.ts'

/** What is tried at once takes a fraction of this, unless an expression backtracks. In milliseconds. */
const longestMs = 500
/** Patterns that took too long are not tried again; the newest of them are remembered. */
const mostRefused = 20

const script = new Script('matchAll()')
const answerSchema = z.array(z.boolean())

/** It is an error of the script's context, and no instance of this one's. */
const isTimeout = (thrown: unknown): boolean =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'

/** What is told of a pattern that takes too long. */
const tooLong = 'The regular expression takes too long: it backtracks too often. Make it simpler.'

const keyOf = (patterns: readonly SearchPattern[]): string => patterns.map(({ pattern }) => String(pattern)).join(' ')

/** Tries regular expressions on texts. An expression that takes too long is interrupted, and refused from then on. */
export class PatternMatcher {
  readonly #refused = new Set<string>()
  #matchAll = (): readonly boolean[] => []
  readonly #context = createContext({ matchAll: () => this.#matchAll() })

  /** Why nothing is tried with these patterns; null when they can be. */
  problemWith(patterns: readonly SearchPattern[]): string | null {
    return this.#refused.has(keyOf(patterns)) ? tooLong : null
  }

  /** For each record, given as its texts, whether all patterns hold; null when that takes too long. */
  match(records: readonly (readonly string[])[], patterns: readonly SearchPattern[]): readonly boolean[] | null {
    const matches = (texts: readonly string[]) =>
      patterns.every(({ pattern, excludes }) => texts.some((text) => pattern.test(text)) !== excludes)
    this.#matchAll = () => records.map(matches)
    try {
      // Nothing but the end of a script's time interrupts an expression that backtracks.
      return answerSchema.parse(script.runInContext(this.#context, { timeout: longestMs }))
    } catch (thrown) {
      if (!isTimeout(thrown)) throw thrown
      this.#refuse(keyOf(patterns))
      return null
    }
  }

  #refuse(key: string): void {
    this.#refused.add(key)
    for (const oldest of [...this.#refused].slice(0, -mostRefused)) this.#refused.delete(oldest)
  }
}
