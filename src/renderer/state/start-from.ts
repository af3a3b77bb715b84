import type { Signing } from '../../shared/jupyter/signing.ts'
import { kernelSockets } from '../../shared/starting-points/jupyter.ts'
import type { StartedSocket, StartingPoint } from '../../shared/starting-points/starting-point.ts'
import { frameIdOf, newSocket, type SocketDraft, usualReplyView } from '../../shared/workspace.ts'
import { call } from '../api.ts'
import { report } from '../report.ts'
import { openSession } from './actions.ts'
import { openLab } from './lab-store.ts'
import { messagesLabel, setLogMode } from './log-views.ts'
import { addSeries } from './plot-store.ts'
import { setTopicsView } from './topic-views.ts'
import { applyStep } from './workspace-store.ts'

/** A socket of the window, as a starting point makes it. */
function draftOf(id: string, started: StartedSocket, signing: Signing | null): SocketDraft {
  const draft = newSocket(id, started.endpoint, started.pattern)
  const message = started.message.map(({ encoding, text }, place) => ({
    id: frameIdOf(id, `${place + 1}`),
    encoding,
    text,
    attachment: null,
    message: null,
  }))
  return {
    ...draft,
    name: started.name,
    attach: [{ how: started.how, endpoint: started.endpoint }],
    subscriptions:
      started.topics.length > 0 ? started.topics.map((text) => ({ encoding: 'text', text })) : draft.subscriptions,
    frames: message.length > 0 ? message : draft.frames,
    replyViews: Object.fromEntries(
      Object.entries(started.views).map(([place, { view, array }]) => [
        place,
        { ...usualReplyView, view, ...(array ? { array } : {}) },
      ]),
    ),
    watches: started.watches.map((watch) => ({ ...watch, id: crypto.randomUUID() })),
    signing: started.isSigned ? signing : null,
  }
}

/** Adds sockets, shows the first of them as it is meant to be seen, and opens all. */
async function addAll(started: readonly StartedSocket[], signing: Signing | null): Promise<void> {
  const added = started.map((socket) => ({ socket, draft: draftOf(crypto.randomUUID(), socket, signing) }))
  const [first] = added
  if (!first) return
  openLab(false)
  applyStep((workspace) => ({
    ...workspace,
    sockets: [...workspace.sockets, ...added.map(({ draft }) => draft)],
    activeSocket: first.draft.id,
  }))
  for (const { socket, draft } of added) {
    setLogMode(messagesLabel(draft.id), { form: socket.form })
    if (socket.topicKey) setTopicsView(draft.id, { key: socket.topicKey })
  }
  for (const { draft } of added) await openSession(draft)
  try {
    for (const { socket, draft } of added) {
      addSeries(
        socket.series.map((series) => ({ ...series, session: draft.id, direction: 'received' as const, match: null })),
      )
    }
  } catch (thrown) {
    // The sockets are there, whether there is room in the plot or not.
    report(thrown)
  }
}

/** Makes what a starting point says, at an endpoint. A socket that cannot be opened says so itself. */
export const startFrom = (point: StartingPoint, endpoint: string): Promise<void> =>
  addAll(point.sockets(endpoint), null)

/** Lets the person choose the connection file of a kernel, and makes its sockets. False when they cancel. */
export async function startFromKernel(): Promise<boolean> {
  const kernel = await call('jupyter.open')
  if (!kernel) return false
  await addAll(kernelSockets(kernel, crypto.randomUUID()), kernel.signing)
  return true
}
