/** What a schema found wrong, as zod reports it. */
interface Issue {
  readonly code: string
  readonly message: string
  readonly path: readonly (string | number | symbol)[]
  /** The type that was expected, where the fault is in the type. */
  readonly expected?: unknown
}

const words: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  null: 'null',
}

const wordFor = (type: string): string => words[type] ?? type

const isIssue = (value: unknown): value is Issue =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  'message' in value &&
  typeof value.message === 'string' &&
  'path' in value &&
  Array.isArray(value.path)

/** `connections[0].name`, as people write it; `the document` for all of it. */
function placeOf(path: Issue['path']): string {
  const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return place === '' ? 'the document' : place.replace(/^\./, '')
}

function faultOf({ code, message, expected }: Issue): string {
  const received = /received (?<type>\w+)$/.exec(message)?.groups?.type
  if (typeof expected === 'string') {
    if (received === 'undefined') return 'is missing'
    const is = received === undefined ? '' : `, but is ${wordFor(received)}`
    return `should be ${wordFor(expected)}${is}`
  }
  if (code === 'invalid_value') return 'is none of the values that are allowed'
  if (code === 'invalid_union') return 'has none of the forms that are allowed'
  if (code === 'too_small') return 'is smaller or shorter than is allowed'
  if (code === 'too_big') return 'is larger or longer than is allowed'
  if (code === 'unrecognized_keys') return 'has a field that is not known'
  // The rules of our own have words of their own.
  return `is not valid (${message})`
}

/**
 * The first fault that a schema found, with its place: `connections[0].timeoutMs should be a number, but is text`. Null
 * for an error that is not a schema's. It is known by its shape, so that the schema library need not be loaded.
 */
export function documentFault(thrown: Error): string | null {
  if (!('issues' in thrown) || !Array.isArray(thrown.issues)) return null
  const issue: unknown = thrown.issues[0]
  return isIssue(issue) ? `${placeOf(issue.path)} ${faultOf(issue)}` : null
}
