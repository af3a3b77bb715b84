import type { Socket } from 'node:net'
import { writeGreeting3 } from '../../src/shared/zmq/zmtp/greeting.ts'
import { ignoring, ZmtpReader } from '../../src/shared/zmq/zmtp/reader.ts'
import { writeFrame, writeMetadata } from '../../src/shared/zmq/zmtp/writer.ts'
import { bytes } from './bytes.ts'
import { listen } from './listener.ts'

export const greeting = Buffer.from(writeGreeting3('NULL'))
export const ready = (type: string): Buffer =>
  Buffer.from(writeMetadata('READY', [{ name: 'Socket-Type', value: bytes(type) }]))
export const frame = (more: boolean, text: string): Buffer => Buffer.from(writeFrame(3, 'message', more, bytes(text)))
/** To a REQ. */
export const reply = Buffer.concat([frame(true, ''), frame(false, 'reply')])

/**
 * A server without ZeroMQ that shakes hands, and answers each request by `act`, which gets its number on the connection
 * and that of the connection, from 0. `typeOf` says the socket type to a connection.
 */
export function peer(
  act: (socket: Socket, number: number, connection: number) => void,
  typeOf: (connection: number) => string = () => 'REP',
): Promise<string> {
  let connections = 0
  return listen((socket) => {
    const connection = connections
    connections += 1
    let number = 0
    const reader = new ZmtpReader({
      ...ignoring,
      frame: (kind, more) => {
        if (kind !== 'message' || more) return
        act(socket, number, connection)
        number += 1
      },
    })
    socket.write(Buffer.concat([greeting, ready(typeOf(connection))]))
    socket.on('data', (data) => reader.read(data))
  })
}
