// zeromq-server: a REP socket that echoes every message, for machines on which the C server cannot be built. Prints its
// endpoint.
import { Reply } from 'zeromq'
import { untilInputEnds } from '../support/answering.ts'

const socket = new Reply({ linger: 0 })
await socket.bind('tcp://127.0.0.1:*')
process.stdout.write(`${socket.lastEndpoint}\n`)

async function serve(): Promise<void> {
  while (!socket.closed) await socket.send(await socket.receive())
}

const serving = serve().catch((thrown: unknown) => {
  if (!socket.closed) throw thrown
})
await untilInputEnds()
socket.close()
await serving
