import { parseEndpoint } from '../shared/endpoint.ts'
import { InspectorError } from '../shared/errors.ts'

export const linkScheme = 'zmq-inspector'
const scheme = `${linkScheme}:`
const longestEndpoint = 1024
/** More arguments than a person would give in one command. */
const mostArguments = 10

/** The endpoint if it can be connected to; null otherwise. */
function checked(endpoint: string): string | null {
  if (endpoint.length > longestEndpoint) return null
  try {
    parseEndpoint(endpoint, 'connect', { ipv6: true })
    return endpoint
  } catch (thrown) {
    if (thrown instanceof InspectorError) return null
    throw thrown
  }
}

/**
 * The endpoint that a link such as `zmq-inspector://connect?endpoint=tcp%3A%2F%2F127.0.0.1%3A5555` asks to connect to;
 * null for any other text. Anybody can make a link, so it can ask for nothing else.
 */
export function endpointOfLink(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { protocol, hostname, pathname, searchParams } = new URL(text)
  const names = [...searchParams.keys()]
  if (protocol !== scheme || hostname !== 'connect' || !['', '/'].includes(pathname)) return null
  if (names.length !== 1 || names[0] !== 'endpoint') return null
  return checked(searchParams.get('endpoint') ?? '')
}

/** The endpoints that command-line arguments ask for, as links or plain endpoints. */
export function endpointsOfArguments(args: readonly string[]): string[] {
  const found = args.flatMap((text) => {
    const endpoint = text.startsWith(scheme) ? endpointOfLink(text) : /^[a-z]+:\/\//.test(text) ? checked(text) : null
    return endpoint === null ? [] : [endpoint]
  })
  return [...new Set(found)].slice(0, mostArguments)
}
