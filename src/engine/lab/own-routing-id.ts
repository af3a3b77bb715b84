import { type Share, wholeShare } from '../../shared/lab/share.ts'
import { utf8Length } from '../../shared/utf8.ts'
import { optionRows, type SocketOptions } from '../../shared/zmq/options.ts'

let opened = 0
let numbered: Share = wholeShare

/** Those of other workers go to the same server: from here on, no number is one of theirs. */
export function numberRoutingIds(share: Share): void {
  numbered = share
}

/**
 * The options with a routing id that no other socket of this process has had: `lab` becomes `lab-1`, `lab-2` … A peer
 * keeps an id for a while after its socket has closed, and silently drops what a second socket with that id sends. A
 * long id is cut to make room.
 */
export function withOwnRoutingId(options: SocketOptions): SocketOptions {
  if (options.routingId === '') return options
  opened += 1
  const suffix = `-${(opened - 1) * numbered.of + numbered.index + 1}`
  const characters = [...options.routingId]
  let bytes = utf8Length(options.routingId) + suffix.length
  while (bytes > optionRows.routingId.maximumBytes) bytes -= utf8Length(characters.pop() ?? '')
  return { ...options, routingId: `${characters.join('')}${suffix}` }
}
