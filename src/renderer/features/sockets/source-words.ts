import { formatHostAndPort } from '../../../shared/endpoint/host-and-port.ts'
import { parseEndpoint } from '../../../shared/endpoint.ts'
import { InspectorError } from '../../../shared/errors.ts'

/** `From 127.0.0.2, any port, to 127.0.0.1:5555`; null when the endpoint does not say where to connect from. */
export function sourceInWords(text: string): string | null {
  // Nearly no endpoint has one, and this is asked at every key press.
  if (!text.includes(';')) return null
  try {
    const endpoint = parseEndpoint(text, 'connect', { ipv6: true })
    if (endpoint.scheme !== 'tcp' || !endpoint.source) return null
    const { host, port } = endpoint.source
    return `From ${host}, ${port === '*' ? 'any port' : `port ${port}`}, to ${formatHostAndPort(endpoint)}`
  } catch (thrown) {
    // What is wrong with it is told when it is used.
    if (thrown instanceof InspectorError) return null
    throw thrown
  }
}
