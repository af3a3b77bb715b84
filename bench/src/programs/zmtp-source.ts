// zmtp-source BYTES MEBIBYTES: listens on a free port, and prints it. Whoever connects gets what a ZMTP peer sends:
// greeting, READY, and frames of BYTES bytes, MEBIBYTES in all; then the end.
import { createServer, type Socket } from 'node:net'
import { writeGreeting3 } from '../../../src/shared/zmq/zmtp/greeting.ts'
import { writeFrame, writeMetadata } from '../../../src/shared/zmq/zmtp/writer.ts'
import { argument, untilInputEnds } from '../support/answering.ts'

const [bytes, mebibytes] = [Number(argument(0)), Number(argument(1))]
const frame = writeFrame(3, 'message', false, new Uint8Array(bytes))
/** Whole frames, together about as large as a socket takes at once. */
const block = Buffer.concat(Array.from({ length: Math.max(1, Math.floor((1 << 18) / frame.length)) }, () => frame))
const blocks = Math.ceil((mebibytes * 2 ** 20) / block.length)

async function serve(socket: Socket): Promise<void> {
  socket.on('error', () => undefined)
  socket.write(Buffer.concat([writeGreeting3('NULL'), writeMetadata('READY', [])]))
  for (let sent = 0; sent < blocks && !socket.destroyed; sent += 1) {
    if (!socket.write(block)) await new Promise<void>((resolve) => socket.once('drain', resolve))
  }
  socket.end()
}

const server = createServer((socket) => void serve(socket))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`)
})
await untilInputEnds()
process.exit()
