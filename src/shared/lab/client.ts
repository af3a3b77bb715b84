import { optionRows, optionsOf, type SocketOptions } from '../zmq/options.ts'
import { type Security, securityKinds } from '../zmq/security.ts'
import type { Load } from './plan.ts'
import type { LabSecurity } from './security.ts'

/** The sockets of a closed loop, as its form has them: `numbered` is a DEALER that numbers its requests. */
export const loopSockets = ['req', 'dealer', 'numbered'] as const

/** What speaks for the sockets of a run: the lab itself, or libzmq as for most programs. */
export const labClients = ['zmtp', 'libzmq'] as const
export type LabClient = (typeof labClients)[number]

export const clientNames: Readonly<Record<LabClient, string>> = { zmtp: 'ZMTP', libzmq: 'libzmq' }

/** What the lab makes of these itself, or what matters to no REQ that connects and sends one message at a time. */
const heeded: ReadonlySet<string> = new Set<keyof SocketOptions>([
  'routingId',
  'maximumMessageSize',
  'ipv6',
  'linger',
  'immediate',
  'sendHighWaterMark',
  'receiveHighWaterMark',
  'reconnectInterval',
  'reconnectMaxInterval',
  'backlog',
])

/** What a run measures, as far as its client depends on it. */
export interface Measured {
  readonly endpoint: string
  readonly options: SocketOptions
  readonly security: Pick<LabSecurity | Security, 'kind'>
  readonly load?: Load
}

/** Why libzmq must measure this, as a sentence; null where the lab can speak ZMTP itself. */
export function whyLibzmq({ endpoint, options, security, load }: Measured): string | null {
  if (load?.model === 'one-way' && load.pattern === 'pub-sub') return needs('PUB')
  if (security.kind === 'curve-client') return needs(`${securityKinds[security.kind].mechanism} security`)
  if (endpoint.startsWith('ipc://@')) return needs('an abstract ipc name')
  if (!/^(tcp|ipc):/.test(endpoint)) return needs('this transport')
  const option = optionsOf('req').find((key) => !heeded.has(key) && options[key] !== optionRows[key].usual)
  return option === undefined ? null : needs(`the socket option “${optionRows[option].name}”`)
}

/** Requests in flight are told apart by the lab's own ZMTP alone. */
export const onlyZmtp = 'Only ZMTP measures a DEALER with requests in flight.'

const needs = (what: string): string => `Measured with libzmq: ${what} needs it.`

/** The client that measures where this one is asked for. */
export const clientFor = (asked: LabClient, measured: Measured): LabClient =>
  asked === 'zmtp' && whyLibzmq(measured) === null ? 'zmtp' : 'libzmq'
