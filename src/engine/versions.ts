import { createRequire } from 'node:module'
import { version as libzmqVersion } from 'zeromq'
import { z } from 'zod'

/** The versions of zeromq.js and its libzmq. */
export function libraryVersions(): Record<string, string> {
  const read = createRequire(import.meta.url)
  const { version } = z.object({ version: z.string() }).parse(read('zeromq/package.json'))
  return { 'zeromq.js': version, libzmq: libzmqVersion }
}
