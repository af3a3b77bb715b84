import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Endpoint, usesIpv6 } from '../shared/endpoint.ts'
import { explainOption } from '../shared/zmq/option-words.ts'
import {
  type OptionKey,
  type OptionRow,
  optionRows,
  optionsOf,
  problemWith,
  type SocketOptions,
} from '../shared/zmq/options.ts'
import { socketOptionsSchema } from '../shared/zmq/options-schema.ts'

/** `sendHighWaterMark` is `--send-high-water-mark`; commander turns it back. */
const flagOf = (key: OptionKey): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

const placeholderOf = (row: OptionRow): string => {
  if (row.kind === 'boolean') return ''
  return row.kind === 'number' ? ` <${row.unit}>` : ' <text>'
}

const parserOf =
  (row: OptionRow) =>
  (written: string): number | string => {
    const value = row.kind === 'number' ? (/^-?\d+$/.test(written) ? Number(written) : Number.NaN) : written
    const problem = problemWith(row, value)
    if (problem !== null) throw new InvalidArgumentError(problem)
    return value
  }

/** Adds a flag for every option of a REQ socket. */
export function addSocketOptions(command: Command): void {
  for (const key of optionsOf('req')) {
    const row = optionRows[key]
    const option = new Option(`${flagOf(key)}${placeholderOf(row)}`, explainOption(key)).helpGroup('Socket options:')
    command.addOption(row.kind === 'boolean' ? option : option.argParser(parserOf(row)))
  }
}

/** The socket options among a command's; an address in brackets turns IPv6 on by itself. */
export function socketOptionsFor(endpoint: Endpoint, given: unknown): SocketOptions {
  const options = socketOptionsSchema.parse(given)
  return { ...options, ipv6: options.ipv6 || usesIpv6(endpoint) }
}
