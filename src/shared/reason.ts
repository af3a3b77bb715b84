/** Why something failed, in the words of whatever was thrown. */
export const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : wordsFor(thrown))

/** Anything can be thrown, even an object without a prototype, which `String` cannot convert. */
function wordsFor(thrown: unknown): string {
  return typeof thrown === 'object' ? Object.prototype.toString.call(thrown) : String(thrown)
}
