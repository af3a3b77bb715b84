import {
  type OptionKey,
  type OptionRow,
  type OptionValue,
  optionKeys,
  optionRows,
  type SocketOptions,
} from './options.ts'

/** A value with its unit: `100 ms`, `on`, `"name"`. */
function valueInWords(row: OptionRow, value: OptionValue): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return row.kind === 'number' ? `${value} ${row.unit}` : JSON.stringify(value)
}

function meaningOf(row: OptionRow): string {
  return row.kind === 'number' && 'special' in row ? `; ${row.special.value} = ${row.special.meaning}` : ''
}

/** What an option does, with its unit and default. */
export function explainOption(key: OptionKey): string {
  const row = optionRows[key]
  return `${row.words}${meaningOf(row)}. Default ${row.usual === '' ? 'empty' : valueInWords(row, row.usual)}.`
}

/** The keys of the options that differ from their defaults. */
export const changedOptions = (options: SocketOptions): readonly OptionKey[] =>
  optionKeys.filter((key) => options[key] !== optionRows[key].usual)

/** The options that differ from their defaults, without texts that people wrote: `Linger -1 ms, Routing id set`. */
export function optionNamesInWords(options: SocketOptions): string {
  const changed = changedOptions(options).map((key) => {
    const row = optionRows[key]
    return `${row.name} ${row.kind === 'text' ? 'set' : valueInWords(row, options[key])}`
  })
  return changed.length === 0 ? 'defaults' : changed.join(', ')
}

/** As in the middle of a sentence: `Linger` becomes `linger`, while `IPv6` and `TCP` stay. */
const inSentence = (name: string): string =>
  /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name

/** The options that differ from their defaults, such as `linger -1 ms, IPv6 on`. */
export function optionsInWords(options: SocketOptions): string {
  const changed = changedOptions(options).map(
    (key) => `${inSentence(optionRows[key].name)} ${valueInWords(optionRows[key], options[key])}`,
  )
  return changed.length === 0 ? 'defaults' : changed.join(', ')
}
