import {
  type OptionKey,
  type OptionValue,
  optionRows,
  optionsOf,
  propertiesOf,
  type SocketOptions,
} from '../zmq/options.ts'
import type { PatternId } from '../zmq/patterns.ts'

/** An option of a socket as libraries know it. */
export interface LibraryOption {
  /** Its name here: `Send high-water mark`. */
  readonly name: string
  /** Its name in libzmq without `ZMQ_`; null for an option of this application. */
  readonly libzmq: string | null
  /** Its value in libzmq. */
  readonly value: OptionValue
  /** Its property in zeromq.js with the value there; null for an option of this application. */
  readonly property: readonly [string, OptionValue] | null
}

/** What this application does itself by these options is part of the plan, or of no program. */
const inPlan: readonly OptionKey[] = ['envelope']

/** The options of the pattern that differ from their defaults here. */
export const libraryOptionsOf = (pattern: PatternId, options: SocketOptions): readonly LibraryOption[] =>
  optionsOf(pattern)
    .filter((key) => !inPlan.includes(key) && options[key] !== optionRows[key].usual)
    .flatMap((key) => optionsFor(key, options))

function optionsFor(key: OptionKey, options: SocketOptions): readonly LibraryOption[] {
  const { name, kind } = optionRows[key]
  const names = namesOf(key)
  if (names.length === 0) return [{ name, libzmq: null, value: options[key], property: null }]
  return propertiesOf(key, options).map((property, index) => ({
    name,
    libzmq: names[index] ?? null,
    // A switch of libzmq can be one of several values in zeromq.js.
    value: kind === 'boolean' && typeof property[1] === 'string' ? true : property[1],
    property,
  }))
}

/** The names of an option in libzmq, one for each property; of several names for the same, the newest. */
function namesOf(key: OptionKey): readonly string[] {
  const row = optionRows[key]
  return 'libzmq' in row ? row.libzmq.slice(0, row.sets.length) : []
}
