import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Router } from 'zeromq'
import { newSocket, specOf } from '../../src/shared/workspace.ts'
import { startStalledPeer } from '../support/stalled-peer.ts'
import { expect, ownTest, test } from './support/app.ts'
import type { InspectorWindow } from './support/inspector-window.ts'
import type { Peers } from './support/peers.ts'
import { answerQuestions, asked, closeWindow } from './support/questions.ts'

/** Sends a request to a peer that accepts it and never answers. */
async function leaveRequestWaiting(inspector: InspectorWindow, peers: Peers): Promise<void> {
  await inspector.endpoint.fill(await peers.bind(new Router()))
  await inspector.limitTime('60')
  // The page shows it at once, and the host, which asks about it, knows of it a moment later: then it tells the page.
  const told = inspector.page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        window.inspector.onEvents((events) => {
          if (events.some((event) => event.type === 'session.changed' && event.state.inFlightSince !== null)) resolve()
        })
      }),
  )
  await inspector.send.click()
  await expect(inspector.cancel).toBeVisible()
  await told
}

test('closing asks while a request waits, and Cancel keeps everything', async ({ app, inspector, peers }) => {
  await answerQuestions(app, 1)
  await leaveRequestWaiting(inspector, peers)
  await closeWindow(app)
  await expect.poll(() => asked(app)).toEqual(['This will be interrupted: 1 request waiting for a reply.'])
  await expect(inspector.cancel).toBeVisible()
  await inspector.cancel.click()
})

ownTest('Quit without asking again quits, and is saved', async ({ start, userData, peers }) => {
  const { running, inspector } = await start()
  await answerQuestions(running.app, 0, true)
  await leaveRequestWaiting(inspector, peers)
  const ended = running.app.waitForEvent('close')
  // The page closes while the key is still down, so its release finds no page.
  await inspector.page.keyboard.down('Control')
  await Promise.all([ended, inspector.page.keyboard.down('q').catch(() => undefined)])
  await running.close()
  expect(JSON.parse(await readFile(join(userData, 'settings.json'), 'utf8'))).toMatchObject({ confirmQuit: false })
})

ownTest('closing does not ask when nothing is running', async ({ start }) => {
  const { running, inspector } = await start()
  await answerQuestions(running.app, 1)
  await inspector.startAndPoint()
  await inspector.exchange()
  const ended = running.app.waitForEvent('close')
  await closeWindow(running.app)
  await ended
  await running.close()
})

ownTest('the app quits although a socket lingers with what its peer does not read', async ({ start }) => {
  const peer = await startStalledPeer()
  try {
    const { running, inspector } = await start()
    await answerQuestions(running.app, 0)
    const draft = newSocket('one', peer.endpoint)
    const spec = specOf({ ...draft, options: { ...draft.options, linger: -1 } })
    const message = draft.frames.map((frame) => ({ ...frame, text: 'x'.repeat(2 ** 24) }))
    await inspector.page.evaluate(
      async ([open, send]) => {
        await window.inspector.call('session.open', open)
        void window.inspector.call('session.send', send)
      },
      [
        { sessionId: 'one', spec },
        { sessionId: 'one', message, timeoutMs: 60_000 },
      ] as const,
    )
    await peer.reached
    await running.close()
  } finally {
    peer.close()
  }
})
