// zeromq-server [curve]: a REP socket that echoes every message, for machines on which the C server cannot be built, and
// with CURVE. Prints its endpoint, and the public key that it made.
import { curveKeyPair, Reply } from 'zeromq'
import { untilInputEnds } from '../support/answering.ts'

const { publicKey, secretKey } = curveKeyPair()
const isSecured = process.argv[2] === 'curve'
const security = isSecured ? { curveServer: true, curvePublicKey: publicKey, curveSecretKey: secretKey } : {}
const socket = new Reply({ linger: 0, ...security })
await socket.bind('tcp://127.0.0.1:*')
process.stdout.write(`${[socket.lastEndpoint, ...(isSecured ? [publicKey] : [])].join(' ')}\n`)

async function serve(): Promise<void> {
  while (!socket.closed) await socket.send(await socket.receive())
}

const serving = serve().catch((thrown: unknown) => {
  if (!socket.closed) throw thrown
})
await untilInputEnds()
socket.close()
await serving
