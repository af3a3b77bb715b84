import type { Endpoint, EndpointRole } from '../endpoint.ts'
import { utf8Length } from '../utf8.ts'
import { Refusal } from './refusal.ts'

/** Most bytes in the path of a socket address, without its final zero (Linux: 108 bytes). */
const maximumPathBytes = 107

/** Parses what follows `ipc://`. */
export function parseIpc(path: string, role: EndpointRole): Endpoint {
  if (path === '') throw new Refusal('The ipc path is missing: write one such as ipc:///tmp/name')
  if (path === '@') throw new Refusal("The abstract name after '@' is missing: write one such as ipc://@name")
  if (path === '*' && role === 'connect') {
    throw new Refusal("'*' lets the system choose a path when binding; to connect, write the server's path")
  }
  if (path.includes('\0')) throw new Refusal('The ipc path contains a zero character: remove it')
  const length = utf8Length(path)
  if (length <= maximumPathBytes) return { scheme: 'ipc', path }
  throw new Refusal(`The ipc path has ${length} bytes, but the system allows ${maximumPathBytes}: choose a shorter one`)
}

/** Parses what follows `inproc://`. */
export function parseInproc(name: string): Endpoint {
  if (name === '') throw new Refusal('The inproc name is missing: write one such as inproc://name')
  return { scheme: 'inproc', name }
}
