/** Where V8 says that it stopped, if it does. */
const position = /at position (?<offset>\d+)/

function faultOf(text: string, { message }: SyntaxError): string {
  if (text.trim() === '') return 'it is not JSON: it is empty'
  if (message.includes('end of JSON input')) return 'it is not JSON: it is cut short'
  const offset = position.exec(message)?.groups?.offset
  if (offset === undefined) return 'it is not JSON'
  const before = text.slice(0, Number(offset)).split('\n')
  return `it is not JSON (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`
}

/**
 * The value of a JSON text that comes from a file. Some editors begin a file with a byte order mark (U+FEFF), which is
 * skipped. Throws an `Error` with words for people, to be put into a sentence.
 */
export function parseJsonText(text: string): unknown {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text
  try {
    return JSON.parse(json)
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown
    throw new Error(faultOf(json, thrown), { cause: thrown })
  }
}
