import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { JsonFile } from '../../../src/engine/files/json-file.ts'
import { workspaceFormat } from '../../../src/shared/workspace-schema.ts'
import { defaultSocketOptions } from '../../../src/shared/zmq/options.ts'
import { addedInVersion6, addedInVersion7, earlierLab } from '../../support/added-to-workspace.ts'

const keptSchema = z.looseObject({
  lab: earlierLab,
  sockets: z.array(z.looseObject({ options: z.looseObject({}), repeat: z.looseObject({}) })),
})

test('workspace.json of version 3 is read whole, and stays beside the new one as it was', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'inspector-')), 'workspace.json')
  copyFileSync('test/fixtures/version-3/workspace.json', path)
  const before = readFileSync(path, 'utf8')
  const file = new JsonFile(path, workspaceFormat, null)
  const document = await file.read(({ reason }) => expect.unreachable(reason))
  const kept = keptSchema.parse(JSON.parse(before))
  const sockets = kept.sockets.map((socket) => ({
    ...socket,
    options: { ...defaultSocketOptions, ...socket.options },
    ...addedInVersion7,
    // What version 4 added.
    subscriptions: [],
    peer: '',
    timing: null,
    replyViewsFor: null,
    repeat: { ...socket.repeat, rate: null },
  }))
  expect(document).toEqual({ ...kept, ...addedInVersion6, version: workspaceFormat.migrations.length + 1, sockets })
  expect(document?.sockets[0]).toMatchObject({
    name: 'first — “named”',
    pattern: 'req',
    options: { linger: -1, tcpKeepAlive: true, envelope: true },
  })
  await file.write(document)
  expect(readFileSync(`${path}.version-3`, 'utf8')).toBe(before)
})
