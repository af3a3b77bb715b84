import { Router } from 'zeromq'

/** How many replies a server that answers out of order sends late, and how many again, to a client with one connection. */
export const disorder = { reordered: 50, repeated: 50 }

const swapped = 2 * disorder.reordered

/**
 * Answers the first hundred requests in pairs: the later one first, then the earlier one twice. It answers the rest in order.
 * At least two must be in flight. It ends when the socket is closed.
 */
export async function answerOutOfOrder(router: Router): Promise<void> {
  let earlier: Buffer[] | null = null
  let seen = 0
  try {
    for await (const request of router) {
      seen += 1
      if (earlier === null && seen < swapped) {
        earlier = request
        continue
      }
      await router.send(request)
      if (earlier === null) continue
      await router.send(earlier)
      await router.send(earlier)
      earlier = null
    }
  } catch (thrown) {
    if (!router.closed) throw thrown
  }
}

/** Such a server on a free port. `finished` is told how to close it. */
export async function outOfOrderServer(finished: (close: () => void) => void): Promise<string> {
  const router = new Router({ linger: 0 })
  finished(() => router.close())
  await router.bind('tcp://127.0.0.1:*')
  void answerOutOfOrder(router)
  return router.lastEndpoint ?? ''
}
