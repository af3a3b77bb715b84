import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { curveKeyPair, Reply } from 'zeromq'
import { defaultWorkspace, newSocket } from '../../src/shared/workspace.ts'
import { noSecurity } from '../../src/shared/zmq/security.ts'
import { expect, ownTest } from './support/app.ts'
import { LabPage } from './support/lab-page.ts'

ownTest('the lab measures as its socket is secured', async ({ userData, start }) => {
  const { publicKey, secretKey } = curveKeyPair()
  const server = new Reply({ linger: 0, curveServer: true, curvePublicKey: publicKey, curveSecretKey: secretKey })
  await server.bind('tcp://127.0.0.1:*')
  const echo = async () => {
    for (;;) await server.send(await server.receive())
  }
  // It ends when its socket is closed.
  echo().catch(() => undefined)
  const endpoint = server.lastEndpoint ?? ''
  const socketAs = (id: string, security: Partial<typeof noSecurity>) => ({
    ...newSocket(id),
    attach: [{ how: 'connect', endpoint }],
    security: { ...noSecurity, ...security },
  })
  const sockets = [
    socketAs('client', { kind: 'curve-client', serverKey: publicKey }),
    socketAs('no-password', { kind: 'plain-client', userName: 'alice', password: `password:${crypto.randomUUID()}` }),
    socketAs('server', { kind: 'curve-server' }),
  ]
  const workspace = { ...defaultWorkspace, activeSocket: 'client', sockets }
  await writeFile(join(userData, 'workspace.json'), JSON.stringify(workspace))
  const { inspector } = await start()
  const lab = new LabPage(inspector.page)
  const choose = (index: number) =>
    inspector.connections.getByRole('listitem').nth(index).getByRole('button', { name: 'REQ' }).click()
  await lab.open()
  await lab.choice('Stop after').selectOption('Requests')
  await lab.number('Requests').fill('20')
  await lab.number('Warm-up').fill('0')
  await lab.finish()
  await expect(lab.figure('Replies')).toHaveText('20')
  await expect(lab.runs).toContainText('CURVE')
  await choose(1)
  await lab.start.click()
  await expect(inspector.alert).toContainText('The password is not kept here. Write it again.')
  await choose(2)
  await lab.start.click()
  await expect(inspector.alert).toContainText('this socket is a CURVE server. Choose a client, or no security.')
  await expect(lab.runs).toHaveCount(1)
  server.close()
})
