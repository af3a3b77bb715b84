import { createContext, Script } from 'node:vm'

/** Longer texts are not looked through. */
const mostCharacters = 4096
/** So long one message may take, in milliseconds; what takes longer is not tried again. */
const longestMs = 100

const script = new Script('run()')

/** It is an error of the script's context, and no instance of this one's. */
const isTimeout = (thrown: unknown): boolean =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'

/** Whether an expression repeats at most one thing without a bound: then it cannot backtrack for long. */
function isSimple(pattern: string): boolean {
  const bare = pattern.replace(/\\./gsu, '').replace(/\[[^\]]*\]/gu, '')
  return !/\(\?[=!<]/.test(bare) && (bare.match(/[*+]|\{\d+,\d*\}/gu) ?? []).length <= 1
}

/**
 * Finds what the group of a regular expression captures in a text. An expression that could backtrack for long is
 * interrupted, which costs about 50 µs each time, and after the first time that this was needed it finds nothing more.
 */
export function captureWith(pattern: string): (text: string) => string | undefined {
  const expression = new RegExp(pattern, 'u')
  const find = (text: string) => expression.exec(text)?.[1]
  const bounded = (text: string) => (text.length > mostCharacters ? text.slice(0, mostCharacters) : text)
  if (isSimple(pattern)) return (text) => find(bounded(text))
  let isRefused = false
  let text = ''
  let found: string | undefined
  const context = createContext({
    run: () => {
      found = find(text)
    },
  })
  return (all) => {
    if (isRefused) return undefined
    text = bounded(all)
    found = undefined
    try {
      script.runInContext(context, { timeout: longestMs })
    } catch (thrown) {
      if (!isTimeout(thrown)) throw thrown
      isRefused = true
    }
    return found
  }
}
