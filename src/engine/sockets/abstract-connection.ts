import { Duplex } from 'node:stream'
import { defaultSocketOptions } from '../../shared/zmq/options.ts'
import { openSocket } from './open-socket.ts'

const failure = (code: string): Error => Object.assign(new Error('connecting failed'), { code })

/**
 * Connects to an abstract UNIX socket of Linux, by a STREAM of libzmq: Node.js 20 fills the name up with zeros, which makes
 * another name of it. Rejects with `ECONNREFUSED` where nobody has the name, and with `ETIMEDOUT`.
 */
export function connectAbstract(name: string, timeoutMs: number, signal?: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const { socket, sender, receiver } = openSocket('stream', defaultSocketOptions, ({ type }) => {
      if (type === 'connect:retry') connection.destroy(failure('ECONNREFUSED'))
    })
    /** Of the connection, which libzmq makes up. */
    let id: Buffer | undefined
    const connection = new Duplex({
      signal,
      read: () => undefined,
      write(chunk: Buffer, _encoding, done) {
        if (!id || !sender) done(failure('ENOTCONN'))
        else sender.send([id, chunk]).then(() => done(), done)
      },
      destroy(error, done) {
        clearTimeout(timer)
        socket.close()
        reject(error ?? failure('ECONNREFUSED'))
        done(error)
      },
    })
    // Nobody may listen yet, and destroying it tells the promise.
    connection.on('error', () => undefined)
    const timer = setTimeout(() => connection.destroy(failure('ETIMEDOUT')), timeoutMs)
    /** The first empty message says that it is connected, the second that it is no more. */
    const receive = async () => {
      while (receiver && !connection.destroyed) {
        const [from, data] = await receiver.receive()
        if (data && data.length > 0) {
          connection.push(data)
        } else if (id) {
          connection.push(null)
          connection.destroy()
        } else {
          id = from
          clearTimeout(timer)
          resolve(connection)
        }
      }
    }
    receive().catch((thrown: unknown) => {
      connection.destroy(thrown instanceof Error ? thrown : failure('ECONNRESET'))
    })
    try {
      socket.connect(`ipc://@${name}`)
    } catch (thrown) {
      connection.destroy(thrown instanceof Error ? thrown : failure('EINVAL'))
    }
  })
}
