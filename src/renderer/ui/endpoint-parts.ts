/** The longest end that is kept, in characters: of a longer one, there would be no room for anything before it. */
const mostKept = 12

/** How many characters are kept where neither a port nor the last part of a path is short enough. */
const kept = 8

/** An endpoint without `tcp://`, in two: what may be cut, and its end, which must not be. */
export function splitEndpoint(endpoint: string): { readonly start: string; readonly end: string } {
  const text = endpoint.replace('tcp://', '')
  const [last = ''] = /[:/][^:/]+$/u.exec(text) ?? []
  const characters = [...text]
  const end = last !== '' && last.length <= mostKept ? last : characters.slice(-kept).join('')
  return { start: text.slice(0, text.length - end.length), end }
}
