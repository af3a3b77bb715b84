import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Endpoint, usesIpv6 } from '../shared/endpoint.ts'
import { explainOption } from '../shared/zmq/option-words.ts'
import {
  type OptionKey,
  type OptionRow,
  type OptionValue,
  optionOfLibzmq,
  optionRows,
  optionsOf,
  problemWith,
  type SocketOptions,
} from '../shared/zmq/options.ts'
import { socketOptionsSchema } from '../shared/zmq/options-schema.ts'
import { type PatternId, patternOf } from '../shared/zmq/patterns.ts'

/** `sendHighWaterMark` is `--send-high-water-mark`; commander turns it back. What is on by default has a `--no-…`. */
const flagOf = (key: OptionKey): string =>
  `--${optionRows[key].usual === true ? 'no-' : ''}${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

const placeholderOf = (row: OptionRow): string => {
  if (row.kind === 'boolean') return ''
  return row.kind === 'number' ? ` <${row.unit}>` : ' <text>'
}

/** The value of an option as it is written. Throws commander's error, which says what to write instead. */
function readValue(row: OptionRow, written: string): OptionValue {
  const value = asWritten(row, written)
  const problem = problemWith(row, value)
  if (problem !== null) throw new InvalidArgumentError(problem)
  return value
}

function asWritten(row: OptionRow, written: string): OptionValue {
  if (row.kind === 'number') return /^-?\d+$/.test(written) ? Number(written) : Number.NaN
  if (row.kind === 'text') return written
  // As libzmq writes them.
  return written === '1' || written === 'true' ? true : written === '0' || written === 'false' ? false : written
}

/** Adds a flag for every option of a socket. */
export function addSocketOptions(command: Command, pattern: PatternId): void {
  for (const key of optionsOf(pattern)) {
    const row = optionRows[key]
    const option = new Option(`${flagOf(key)}${placeholderOf(row)}`, explainOption(key)).helpGroup('Socket options:')
    command.addOption(row.kind === 'boolean' ? option : option.argParser((written: string) => readValue(row, written)))
  }
}

/** For commander: adds `NAME=VALUE`, in libzmq's names, to the values before. Throws commander's error. */
export const readLibzmqOption =
  (pattern: PatternId) =>
  (written: string, before: Partial<SocketOptions> = {}): Partial<SocketOptions> => {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(written) ?? []
    if (name === '') throw new InvalidArgumentError('Write NAME=VALUE, such as SNDHWM=10.')
    const key = optionOfLibzmq(name)
    if (key === undefined) throw new InvalidArgumentError(`There is no option ${name} here.`)
    if (!optionsOf(pattern).includes(key)) {
      throw new InvalidArgumentError(`A ${patternOf(pattern).label} has no option ${name}.`)
    }
    return { ...before, [key]: readValue(optionRows[key], value) }
  }

/** The socket options among a command's; an address in brackets turns IPv6 on by itself. */
export function socketOptionsFor(endpoints: readonly Endpoint[], given: unknown): SocketOptions {
  const options = socketOptionsSchema.parse(given)
  return { ...options, ipv6: options.ipv6 || endpoints.some(usesIpv6) }
}
