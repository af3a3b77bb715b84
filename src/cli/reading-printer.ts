import { outputEnd, print } from './output.ts'
import type { Printer } from './printer.ts'
import type { Reading } from './topic-options.ts'
import { TopicTable } from './topic-table.ts'
import { topicsPrinter } from './topics-printer.ts'
import { valuePrinter } from './value-printer.ts'

/** Prints what was asked for in place of messages, and all else as `base` does. */
export function readingPrinter(reading: Reading, base: Printer, isJson: boolean): Printer {
  if (reading.kind === 'value') return valuePrinter(reading, base, print, isJson)
  const { stdout } = process
  const table = !isJson && stdout.isTTY ? new TopicTable(print, () => [stdout.columns, stdout.rows]) : null
  return topicsPrinter(reading, base, { print, table, isJson, isOver: () => outputEnd.aborted })
}
