import { argumentsOf, type GlobalItem, type Item, resolved } from './items.ts'

/** Names can be made as long as the pickle, and appear many times. */
const longestName = 200

/** Modules that Python 3 calls otherwise, or that moved. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['__builtin__', 'builtins'],
  ['copy_reg', 'copyreg'],
  ['numpy.core.multiarray', 'numpy._core.multiarray'],
  ['numpy.core.numeric', 'numpy._core.numeric'],
  ['pathlib._local', 'pathlib'],
])

/**
 * The name that Python 3 has for a global, such as `builtins.set`, or for what `getattr(global, name)` gives; undefined
 * for anything else.
 */
export function canonicalName(item: Item): string | undefined {
  const value = resolved(item)
  if (value.kind === 'global') return globalName(value)
  if (value.kind !== 'call') return undefined
  const callable = resolved(value.callable)
  if (callable.kind !== 'global' || globalName(callable) !== 'builtins.getattr') return undefined
  // One level is enough for Python's own pickles.
  const [owner, member] = argumentsOf(value).map(resolved)
  if (owner?.kind !== 'global' || member?.kind !== 'str' || member.text === undefined) return undefined
  return `${globalName(owner)}.${shorten(member.text)}`
}

const globalName = ({ module, name }: GlobalItem): string => `${renamed.get(module) ?? module}.${name}`

/** What is called, as it is written; undefined when that cannot be said in a name. */
export function callableName(item: Item): string | undefined {
  const value = resolved(item)
  if (value.kind === 'global') return shorten(`${value.module}.${value.name}`)
  if (value.kind === 'extension') return `extension code ${value.code}`
  return canonicalName(item)
}

export const shorten = (text: string, most = longestName): string =>
  text.length > most ? `${text.slice(0, most)}…` : text
