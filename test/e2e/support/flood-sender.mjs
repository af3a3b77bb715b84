// A separate program: eight sockets keep the server at an endpoint busy, each with several pending requests, until told
// to stop. Prints the number of replies at the end.
import { Dealer } from 'zeromq'

const endpoint = process.argv[2] ?? ''
const underWay = 100
let replies = 0
let stopping = false

async function keepBusy() {
  const socket = new Dealer({ linger: 0 })
  socket.connect(endpoint)
  for (let sent = 0; sent < underWay; sent += 1) await socket.send(['', `message ${sent}`])
  while (!stopping) {
    await socket.receive()
    replies += 1
    await socket.send(['', `message ${replies}`])
  }
  socket.close()
}

const busy = Promise.all(Array.from({ length: 8 }, keepBusy))
process.once('message', async () => {
  stopping = true
  await busy
  process.send?.(replies, () => process.disconnect())
})
