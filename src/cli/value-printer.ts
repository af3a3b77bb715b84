import { viewOf } from '../shared/codecs/index.ts'
import { nodeAs } from '../shared/codecs/node-as.ts'
import { nodesAt } from '../shared/codecs/tree-path.ts'
import { formatCount } from '../shared/format.ts'
import type { Frame } from '../shared/message.ts'
import { messageOf } from '../shared/transcript/record.ts'
import { escapeHidden } from './escape-hidden.ts'
import { complain } from './failure.ts'
import type { Printer } from './printer.ts'
import type { Reading } from './topic-options.ts'

/**
 * Prints the value at a path of each message that is received, as JSON on a line of its own. With `isJson`, the line is
 * an object: `{"event":"value","at":"2024-02-29T12:34:56.790Z","value":1.08}`.
 */
export function valuePrinter(
  { text, path, frame, shown }: Reading & { readonly kind: 'value' },
  base: Printer,
  write: (text: string) => void,
  isJson: boolean,
): Printer {
  const { read } = viewOf(shown.encoding)
  let without = 0
  const valueIn = (bytes: Frame | undefined): string | undefined => {
    const root = bytes && read?.(bytes, shown.options).root
    const nodes = root && nodesAt(root, path)
    return nodes && nodeAs(nodes, 'json')
  }
  const valueAmong = (frames: readonly Frame[]): string | undefined => {
    if (frame !== null) return valueIn(frames[frame])
    for (let place = frames.length - 1; place >= 0; place -= 1) {
      const value = valueIn(frames[place])
      if (value !== undefined) return value
    }
    return undefined
  }
  return {
    ...base,
    message(record) {
      if (record.kind !== 'message' || record.direction !== 'received') return
      const value = valueAmong(messageOf(record))
      if (value === undefined) {
        without += 1
        if (without === 1) complain(escapeHidden(`warning: a message has nothing at ${text}`))
        return
      }
      const at = JSON.stringify(new Date(record.at).toISOString())
      write(`${escapeHidden(isJson ? `{"event":"value","at":${at},"value":${value}}` : value)}\n`)
    },
    close() {
      if (without > 1) complain(escapeHidden(`warning: ${formatCount(without)} messages had nothing at ${text}`))
    },
  }
}
