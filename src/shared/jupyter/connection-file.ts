import { InspectorError } from '../errors.ts'
import { z } from '../schema.ts'

/**
 * What a connection file of a Jupyter kernel says:
 * https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files
 */
export interface ConnectionFile {
  /** Endpoints to connect to. */
  readonly shell: string
  readonly iopub: string
  readonly heartbeat: string
  /** Empty where messages are not signed. */
  readonly key: string
}

/** Larger files are none. */
export const mostConnectionFileBytes = 64 * 1024

const port = z.number().int().min(1).max(65_535)

const fileSchema = z.object({
  transport: z.enum(['tcp', 'ipc']).default('tcp'),
  ip: z.string().min(1).max(200),
  shell_port: port,
  iopub_port: port,
  hb_port: port,
  key: z.string().max(1000).default(''),
  signature_scheme: z.string().default('hmac-sha256'),
})

const refused = (why: string) => new InspectorError('decode-failed', `This is no connection file of a kernel: ${why}.`)

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown
    throw refused('it is not JSON')
  }
}

/** Reads a connection file. Throws `InspectorError`, in words that do not repeat the key. */
export function readConnectionFile(text: string): ConnectionFile {
  const { success, data, error } = fileSchema.safeParse(jsonOf(text))
  if (!success) {
    const [issue] = error.issues
    throw refused(issue ? `${issue.path.join('.') || 'it'} is missing or wrong` : 'something is missing')
  }
  if (data.key !== '' && data.signature_scheme !== 'hmac-sha256') {
    throw refused(`it signs messages with ${JSON.stringify(data.signature_scheme)}, where only hmac-sha256 is known`)
  }
  // Where the transport is ipc, the ports are the ends of file names.
  const at = (number: number): string =>
    data.transport === 'ipc'
      ? `ipc://${data.ip}-${number}`
      : `tcp://${data.ip.includes(':') ? `[${data.ip}]` : data.ip}:${number}`
  return {
    shell: at(data.shell_port),
    iopub: at(data.iopub_port),
    heartbeat: at(data.hb_port),
    key: data.key,
  }
}
