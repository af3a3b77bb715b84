import { Socket } from 'zeromq'
import type { Receiver, Sender } from './open-socket.ts'

/** libzmq's numbers of options, whose properties zeromq.js gives the sockets of its stable classes alone. */
const optionNumbers = {
  sendBufferSize: 11,
  receiveBufferSize: 12,
  sendHighWaterMark: 23,
  receiveHighWaterMark: 24,
  receiveTimeout: 27,
  sendTimeout: 28,
} as const

/** What stands beside a message: the peer of a SERVER, the group of a RADIO or a DISH. */
interface Facts {
  readonly routingId?: number
  readonly group?: Buffer
}

/**
 * A socket of a draft type, as those of zeromq/draft, which print a warning to the terminal when they are loaded.
 * Source of the numbers: zmq.h.
 */
abstract class DraftSocket extends Socket {
  // What the native socket has, whatever its type, and the library's types do not tell.
  declare readonly send: (message: Buffer, facts?: Facts) => Promise<void>
  declare readonly receive: () => Promise<readonly [Buffer, Facts?]>
  declare readonly join: (group: Buffer) => void
  declare readonly leave: (group: Buffer) => void

  get sendTimeout(): number {
    return this.getInt32Option(optionNumbers.sendTimeout)
  }
  set sendTimeout(milliseconds: number) {
    this.setInt32Option(optionNumbers.sendTimeout, milliseconds)
  }
  get receiveTimeout(): number {
    return this.getInt32Option(optionNumbers.receiveTimeout)
  }
  set receiveTimeout(milliseconds: number) {
    this.setInt32Option(optionNumbers.receiveTimeout, milliseconds)
  }
  get sendHighWaterMark(): number {
    return this.getInt32Option(optionNumbers.sendHighWaterMark)
  }
  set sendHighWaterMark(messages: number) {
    this.setInt32Option(optionNumbers.sendHighWaterMark, messages)
  }
  get receiveHighWaterMark(): number {
    return this.getInt32Option(optionNumbers.receiveHighWaterMark)
  }
  set receiveHighWaterMark(messages: number) {
    this.setInt32Option(optionNumbers.receiveHighWaterMark, messages)
  }
  get sendBufferSize(): number {
    return this.getInt32Option(optionNumbers.sendBufferSize)
  }
  set sendBufferSize(bytes: number) {
    this.setInt32Option(optionNumbers.sendBufferSize, bytes)
  }
  get receiveBufferSize(): number {
    return this.getInt32Option(optionNumbers.receiveBufferSize)
  }
  set receiveBufferSize(bytes: number) {
    this.setInt32Option(optionNumbers.receiveBufferSize, bytes)
  }
}

/** Made with `linger` alone, as every socket. */
type Beginning = { readonly linger: number }

class Server extends DraftSocket {
  constructor(options: Beginning) {
    super(12, options)
  }
}
class Client extends DraftSocket {
  constructor(options: Beginning) {
    super(13, options)
  }
}
class Radio extends DraftSocket {
  constructor(options: Beginning) {
    super(14, options)
  }
}
class Dish extends DraftSocket {
  constructor(options: Beginning) {
    super(15, options)
  }
}
class Gather extends DraftSocket {
  constructor(options: Beginning) {
    super(16, options)
  }
}
class Scatter extends DraftSocket {
  constructor(options: Beginning) {
    super(17, options)
  }
}

export const draftClasses = { Server, Client, Radio, Dish, Gather, Scatter }

/** A SERVER's routing ids are numbers; as bytes they are those of a frame before the message. */
const idBytes = (id: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(id)
  return bytes
}

/** Sends messages of a draft socket as frames: the routing id of a SERVER's, or the group of a RADIO's, is the first. */
export function senderOf(sender: Sender & Socket): Sender {
  const socket: Socket = sender
  if (!(socket instanceof DraftSocket)) return sender
  return {
    get sendTimeout() {
      return socket.sendTimeout
    },
    set sendTimeout(milliseconds) {
      socket.sendTimeout = milliseconds
    },
    async send(frames) {
      const [first, second] = (Array.isArray(frames) ? frames : [frames]).map(toBuffer)
      if (socket instanceof Server) {
        const routingId = first?.byteLength === 4 ? first.readUInt32BE() : 0
        return socket.send(second ?? Buffer.alloc(0), { routingId })
      }
      if (socket instanceof Radio) return socket.send(second ?? Buffer.alloc(0), { group: first ?? Buffer.alloc(0) })
      return socket.send(first ?? Buffer.alloc(0))
    },
  }
}

/** Receives messages of a draft socket as frames. */
export function receiverOf(receiver: Receiver & Socket): Receiver {
  const socket: Socket = receiver
  if (!(socket instanceof DraftSocket)) return receiver
  return {
    get receiveTimeout() {
      return socket.receiveTimeout
    },
    set receiveTimeout(milliseconds) {
      socket.receiveTimeout = milliseconds
    },
    async receive() {
      const [message, facts] = await socket.receive()
      if (facts?.routingId !== undefined) return [idBytes(facts.routingId), message]
      return facts?.group === undefined ? [message] : [facts.group, message]
    },
  }
}

function toBuffer(frame: unknown): Buffer {
  if (frame instanceof Uint8Array) return Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)
  throw new Error('a frame is bytes')
}
