import { V4MAPPED } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { networkInterfaces } from 'node:os'
import { resolve } from 'node:path'
import { ipv6Groups, isLoopbackHost } from '../shared/address.ts'
import { type Endpoint, isOverNetwork, parseEndpoint } from '../shared/endpoint.ts'
import { kindOf } from '../shared/lab/kind.ts'
import type { LabSettings } from '../shared/lab/plan.ts'
import type { ExpectedRun } from './expected-runs.ts'
import type { Session } from './session.ts'
import type { StrategyState } from './strategy.ts'

/** One spelling for each address; an IPv4 address within IPv6 is that IPv4 address. */
function canonical(address: string): string {
  const groups = ipv6Groups(address)
  if (groups === undefined) return address
  const [high = 0, low = 0] = groups.slice(6)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  return isMapped ? [high >> 8, high & 255, low >> 8, low & 255].join('.') : groups.join(':')
}

function isOfThisMachine(address: string): boolean {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  return isLoopbackHost(address) || own.some((each) => canonical(each.address) === address)
}

const everyIpv4 = '0.0.0.0'
const everyAddress = canonical('::')

/** Whether a socket that connects to the one endpoint reaches a socket of this machine that is bound to the other. */
export async function reaches(to: Endpoint, bound: Endpoint, ipv6: boolean): Promise<boolean> {
  if (to.scheme === 'ipc' && bound.scheme === 'ipc') return resolve(to.path) === resolve(bound.path)
  if (!isOverNetwork(to) || !isOverNetwork(bound) || to.scheme !== bound.scheme || to.port !== bound.port) return false
  try {
    // As libzmq looks it up.
    const found = await lookup(to.host, ipv6 ? { family: 6, hints: V4MAPPED } : { family: 4 })
    const [address, at] = [canonical(found.address), canonical(bound.host)]
    if (at === everyAddress) return isOfThisMachine(address)
    return at === everyIpv4 ? isOfThisMachine(address) && !address.includes(':') : address === at
  } catch {
    // A name without an address: the run tells, when it tries to connect.
    return false
  }
}

/** Whether an open session is bound where a socket that connects to the endpoint gets to. */
export async function isBoundAt(state: StrategyState, to: Endpoint, ipv6: boolean): Promise<boolean> {
  for (const each of state.endpoints) {
    if (each.how === 'bind' && each.isBound && (await reaches(to, parseEndpoint(each.endpoint, 'bind'), ipv6)))
      return true
  }
  return false
}

/** Has the session of this application that a run of the lab goes to expect it; null when the run goes elsewhere. */
export async function expectRun(
  sessions: Iterable<Session>,
  { endpoint, options: { ipv6 }, load }: LabSettings,
  name: string,
): Promise<ExpectedRun | null> {
  // By a routing id a message is known as one of a run, and a PUSH has none.
  if (kindOf(load) !== 'round-trips') return null
  const to = parseEndpoint(endpoint, 'connect', { ipv6 })
  for (const { streamer } of sessions) {
    if (streamer && (await isBoundAt(streamer.state, to, ipv6))) return streamer.runs.expect(name)
  }
  return null
}
