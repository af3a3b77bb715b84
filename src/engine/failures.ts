import { type ErrorCode, InspectorError } from '../shared/errors.ts'
import { reasonOf } from '../shared/reason.ts'

/** zeromq.js and system errors by code; the numbers differ between platforms. */
const codes: Record<string, { code: ErrorCode; message: string }> = {
  EADDRINUSE: { code: 'address-in-use', message: 'The address is already in use.' },
  EADDRNOTAVAIL: { code: 'address-not-available', message: 'This machine has no such address.' },
  EACCES: { code: 'permission-denied', message: 'This address needs permissions that the application does not have.' },
  EPERM: { code: 'permission-denied', message: 'The system does not permit this.' },
  ENODEV: { code: 'address-not-available', message: 'This machine has no such network interface.' },
  ENOENT: { code: 'address-not-available', message: 'There is no such folder or file.' },
  EINVAL: { code: 'invalid-endpoint', message: 'ZeroMQ does not accept this endpoint.' },
  EPROTONOSUPPORT: { code: 'invalid-endpoint', message: 'This transport is not supported here.' },
  ENOCOMPATPROTO: { code: 'invalid-endpoint', message: 'This transport does not fit this kind of socket.' },
  ENAMETOOLONG: { code: 'invalid-endpoint', message: 'The path of the endpoint is too long.' },
  ECONNREFUSED: { code: 'unreachable', message: 'Nobody is listening there.' },
  EMFILE: {
    code: 'internal',
    message:
      'No file descriptors are left for another socket, which takes about five with libzmq. Close some connections, or raise the limit (ulimit -n) before the start.',
  },
  ENOMEM: { code: 'too-large', message: 'There is not enough memory for this.' },
  EFSM: { code: 'wrong-state', message: 'The socket cannot do this now.' },
  EBUSY: { code: 'wrong-state', message: 'The socket is busy with another message.' },
  EAGAIN: { code: 'timeout', message: 'The time limit passed.' },
  EBADF: { code: 'closed', message: 'The socket is closed.' },
  ENOTSOCK: { code: 'closed', message: 'The socket is closed.' },
  ETERM: { code: 'closed', message: 'The ZeroMQ context was terminated.' },
}

/** The `code` of a system or ZeroMQ error; undefined for any other value. */
export function systemCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined
  return typeof thrown.code === 'string' ? thrown.code : undefined
}

/** The failure for an error code. */
export function failureOfCode(code: string, cause: unknown): InspectorError {
  const known = codes[code]
  if (known) return new InspectorError(known.code, known.message, { code }, { cause })
  return new InspectorError('internal', reasonOf(cause), { code }, { cause })
}

/** The one place where zeromq.js and system errors become ours. */
export function toFailure(thrown: unknown): InspectorError {
  if (thrown instanceof InspectorError) return thrown
  const code = systemCode(thrown)
  if (code !== undefined) return failureOfCode(code, thrown)
  return new InspectorError('internal', reasonOf(thrown), undefined, {
    cause: thrown,
  })
}
