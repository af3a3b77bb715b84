// zmtp-sink bare|reader PORT: for each line, connects to the port and takes what comes until it ends, with the ZMTP
// reader or without. Answers how long that took, and what it got.
import { connect } from 'node:net'
import { ignoring, ZmtpReader } from '../../../src/shared/zmq/zmtp/reader.ts'
import { answerLines, argument } from '../support/answering.ts'

const [kind, port] = [argument(0), Number(argument(1))]
const now = (): number => Number(process.hrtime.bigint())

function round(): Promise<{ elapsedNs: number; bytes: number; frames: number }> {
  let bytes = 0
  let frames = 0
  let payload = 0
  const reader = new ZmtpReader({
    ...ignoring,
    frame() {
      frames += 1
    },
    payload(_chunk, start, end) {
      payload += end - start
    },
  })
  let start = 0
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', reject)
    socket.on('data', (chunk: Buffer) => {
      if (start === 0) start = now()
      bytes += chunk.length
      if (kind === 'reader') reader.read(chunk)
    })
    socket.on('end', () => {
      const elapsedNs = now() - start
      socket.end()
      if (kind === 'reader' && (payload === 0 || reader.isInFrame)) reject(new Error('the reader lost something'))
      resolve({ elapsedNs, bytes, frames })
    })
  })
}

process.stdout.write('ready\n')
await answerLines(round)
process.exit()
