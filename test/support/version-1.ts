import { chmodSync, copyFileSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'
import { addedInVersion6, addedInVersion7, earlierLab } from './added-to-workspace.ts'

const folder = 'test/fixtures/version-1'

export const keptFiles = [
  'workspace.json',
  'settings.json',
  'window.json',
  'schemas.json',
  'log.sqlite',
  'lab.sqlite',
] as const

/** Copies the files of version 1 into a folder, readable for all, as that version made them. */
export function copyVersion1(to = mkdtempSync(join(tmpdir(), 'inspector-'))): string {
  for (const name of keptFiles) {
    copyFileSync(join(folder, name), join(to, name))
    chmodSync(join(to, name), 0o644)
  }
  return to
}

const entrySchema = z.object({
  id: z.number(),
  at: z.number(),
  kind: z.string(),
  direction: z.string(),
  source: z.string(),
  name: z.string(),
  event: z.string().nullable(),
  roundTripNs: z.number().nullable(),
  /** Bytes of each frame, with commas between them. */
  frameSizes: z.string(),
  size: z.number(),
  /** As hex. */
  bodyBegins: z.string(),
  previewBegins: z.string(),
})

/** Since version 3 an entry has a session, and the echo server is one of them. */
const recordSchema = entrySchema.transform(({ source, ...entry }) => ({
  ...entry,
  session: source === 'server' ? 'echo-server' : source,
}))

/** Options that version 1 did not have get their defaults. */
const optionsSchema = z.looseObject({}).transform((options) => ({ ...defaultSocketOptions, ...options }))

/** Since version 3 a connection is a socket, whose kind and endpoints are said. */
const socketSchema = z
  .looseObject({ endpoint: z.string(), options: optionsSchema })
  .transform(({ endpoint, ...socket }) => ({
    ...addedInVersion7,
    name: '',
    ...socket,
    pattern: 'req',
    attach: [{ how: 'connect', endpoint }],
    subscriptions: [],
    behaviour: null,
    peer: '',
    timing: null,
    replyViewsFor: null,
    repeat: { ...z.looseObject({}).parse(socket.repeat), rate: null },
  }))

/** A workspace of version 1 or 2, as this version reads it. */
export const earlierWorkspaceSchema = z
  .looseObject({ activeConnection: z.string(), connections: z.array(socketSchema), lab: earlierLab })
  .transform(({ activeConnection, connections, ...rest }) => ({
    ...rest,
    ...addedInVersion6,
    activeSocket: activeConnection,
    sockets: connections,
  }))

/** Messages that nobody answers were not measured before, nor turns of the event loop counted. */
const stepSchema = z
  .looseObject({ slots: z.array(z.looseObject({}).transform((slot) => ({ ...slot, accepted: null }))) })
  .transform((step) => ({ ...step, flood: null, oneWay: null, numbered: null, turns: null }))

/** Version 1 measured without security, with libzmq, in one process. */
const runSchema = z.looseObject({
  settings: z
    .looseObject({ options: optionsSchema })
    .transform((settings) => ({ ...settings, security: { kind: 'none' }, client: 'libzmq', workers: 1 })),
  steps: z.array(stepSchema),
  workers: z.array(z.never()).default([]),
})

/** What is in the files, as this version reads it. */
export const version1 = z
  .object({
    workspace: earlierWorkspaceSchema,
    settings: z.looseObject({}),
    window: z.looseObject({}),
    schemas: z.looseObject({}),
    runs: z.object({
      list: z.array(z.looseObject({ id: z.number(), name: z.string() })),
      documents: z.array(runSchema),
    }),
    log: z.object({ evicted: z.number(), entries: z.array(recordSchema) }),
  })
  .parse(JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')))

/** A run that version 1 exported. */
export const version1Run = (): string => readFileSync(join(folder, 'run.json'), 'utf8')
