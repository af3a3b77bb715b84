import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { JsonFile } from '../../../src/engine/files/json-file.ts'
import { workspaceFormat } from '../../../src/shared/workspace-schema.ts'
import { addedInVersion7, earlierLab } from '../../support/added-to-workspace.ts'

const keptSchema = z.looseObject({ lab: earlierLab, sockets: z.array(z.looseObject({})) })

test('workspace.json of version 6 is read whole, without security, and stays beside the new one', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'inspector-')), 'workspace.json')
  copyFileSync('test/fixtures/version-6/workspace.json', path)
  const before = readFileSync(path, 'utf8')
  const file = new JsonFile(path, workspaceFormat, null)
  const document = await file.read(({ reason }) => expect.unreachable(reason))
  const kept = keptSchema.parse(JSON.parse(before))
  const sockets = kept.sockets.map((socket) => ({ ...socket, ...addedInVersion7 }))
  expect(document).toEqual({ ...kept, sockets, version: workspaceFormat.migrations.length + 1 })
  await file.write(document)
  expect(readFileSync(`${path}.version-6`, 'utf8')).toBe(before)
})
