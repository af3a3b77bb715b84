/** `g` changes nothing here, and people write it from habit. */
const flagLetters = /^[gimsuv]*$/
/** An expression ends at a slash that is neither escaped nor in a class. */
const expression = /^\/((?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+)\/([a-z]*)(?=\s|$)/s

/** A regular expression at the beginning of a text, or what is wrong with it. */
export type PatternRead =
  | { readonly length: number; readonly pattern: RegExp }
  | { readonly length: number; readonly problem: string }

/** What V8 says of an expression, without the expression. */
function whyInvalid(thrown: unknown, source: string): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const reason = message.split(': ').at(-1) ?? message
  return `/${source}/ is no regular expression: ${reason.toLowerCase()}.`
}

/** A regular expression that takes `length` of a text. Flags are letters that JavaScript may know. */
export function readPattern(source: string, flags: string, length: number): PatternRead {
  try {
    // A pattern that remembers where it stopped would match every other text.
    return { length, pattern: new RegExp(source, flags.replaceAll('g', '')) }
  } catch (thrown) {
    return { length, problem: whyInvalid(thrown, source) }
  }
}

/** The regular expression `/regex/flags` at the beginning of a text; undefined when there is none. */
export function patternAt(text: string): PatternRead | undefined {
  const [all, source, flags] = expression.exec(text) ?? []
  if (all === undefined || source === undefined || flags === undefined || !flagLetters.test(flags)) return undefined
  return readPattern(source, flags, all.length)
}
