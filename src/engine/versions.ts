import { createRequire } from 'node:module'
import { z } from 'zod'
import { libzmqVersion } from './sockets/context.ts'

/** The versions of zeromq.js and its libzmq. */
export function libraryVersions(): Record<string, string> {
  const read = createRequire(import.meta.url)
  const { version } = z.object({ version: z.string() }).parse(read('zeromq/package.json'))
  return { 'zeromq.js': version, libzmq: libzmqVersion }
}
