import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { JsonFile } from '../../../src/engine/files/json-file.ts'
import { workspaceFormat } from '../../../src/shared/workspace-schema.ts'
import { addedInVersion6, addedInVersion7, earlierLab } from '../../support/added-to-workspace.ts'

const keptSchema = z.looseObject({
  lab: earlierLab,
  sockets: z.array(z.looseObject({ replyViews: z.record(z.string(), z.looseObject({ form: z.string().nullable() })) })),
})

test('workspace.json of version 4 is read whole, with its text laid out, and stays beside the new one', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'inspector-')), 'workspace.json')
  copyFileSync('test/fixtures/version-4/workspace.json', path)
  const before = readFileSync(path, 'utf8')
  const file = new JsonFile(path, workspaceFormat, null)
  const document = await file.read(({ reason }) => expect.unreachable(reason))
  const kept = keptSchema.parse(JSON.parse(before))
  const sockets = kept.sockets.map(({ replyViews, ...socket }) => ({
    ...socket,
    ...addedInVersion7,
    replyViews: Object.fromEntries(
      Object.entries(replyViews).map(([position, view]) => [
        position,
        { ...view, form: view.form === 'text' ? 'pretty' : view.form },
      ]),
    ),
  }))
  expect(document).toEqual({
    ...kept,
    ...addedInVersion6,
    version: workspaceFormat.migrations.length + 1,
    sockets,
  })
  expect(document?.sockets.at(-1)?.replyViews).toMatchObject({
    0: { view: 'json', form: 'pretty' },
    1: { view: 'cbor', form: 'pretty' },
    2: { view: 'messagepack', form: 'tree' },
    3: { view: 'text', form: null },
  })
  await file.write(document)
  expect(readFileSync(`${path}.version-4`, 'utf8')).toBe(before)
})
