import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { JsonFile } from '../../../src/engine/files/json-file.ts'
import { LogStore } from '../../../src/engine/transcript/store.ts'
import { workspaceFormat } from '../../../src/shared/workspace-schema.ts'
import { allEntries } from '../../support/log-entries.ts'
import { earlierWorkspaceSchema } from '../../support/version-1.ts'

const folder = 'test/fixtures/version-2'

function copyOf(name: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'inspector-')), name)
  copyFileSync(join(folder, name), path)
  return path
}

test('workspace.json of version 2 is read whole, and stays beside the new one as it was', async () => {
  const path = copyOf('workspace.json')
  const before = readFileSync(path, 'utf8')
  const file = new JsonFile(path, workspaceFormat, null)
  const document = await file.read(({ reason }) => expect.unreachable(reason))
  const kept = earlierWorkspaceSchema.parse(JSON.parse(before))
  expect(document).toEqual({ ...kept, version: workspaceFormat.migrations.length + 1 })
  expect(kept.sockets.find(({ name }) => name === 'prices — “main”')).toMatchObject({
    options: { routingId: 'né', tcpKeepAlive: true, maximumMessageSize: 5_000_000_000 },
  })
  await file.write(document)
  expect(readFileSync(`${path}.version-2`, 'utf8')).toBe(before)
})

const storedSchema = z.array(
  z.object({ id: z.number(), at: z.number(), source: z.string(), preview: z.string(), body: z.string() }),
)

test('log.sqlite of version 2 has every entry with its bytes', () => {
  const path = copyOf('log.sqlite')
  const database = new Database(path, { readonly: true })
  const rows = storedSchema.parse(
    database.prepare('SELECT id, at, source, preview, hex(body) AS body FROM entries ORDER BY id').all(),
  )
  database.close()
  const store = new LogStore(path, 2 ** 30)
  onTestFinished(() => store.close())
  expect(store.status.count).toBe(rows.length)
  const lines = store.query({ filter: allEntries, afterId: 0, beforeId: null, limit: 1000 })
  expect(lines.map(({ id, preview }) => [id, preview])).toEqual(rows.map(({ id, preview }) => [id, preview]))
  const earlier = { envelope: 0, peer: null, exchange: null, origin: null }
  for (const { body, source, preview: _preview, ...facts } of rows) {
    const entry = store.entry(facts.id)
    // The echo server is a session since version 3, with an id of its own.
    expect(entry).toMatchObject({ ...facts, ...earlier, session: source === 'server' ? 'echo-server' : source })
    expect(
      Buffer.concat(entry?.frames ?? [])
        .toString('hex')
        .toUpperCase(),
    ).toBe(body)
  }
})
