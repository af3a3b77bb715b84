import { formatHostAndPort } from '../../shared/endpoint/host-and-port.ts'
import { InspectorError } from '../../shared/errors.ts'
import type { ProbeReport, RangeReport } from '../../shared/probe/report.ts'
import { parsePortRange } from '../../shared/probe/target.ts'
import { lookUp, withoutBrackets } from '../sockets/examine.ts'
import { type ProbeOptions, probe } from './probe.ts'

/** Connections that are made at a time, whatever the range. */
const mostConnections = 64

export interface RangeOptions extends Pick<ProbeOptions, 'limitMs' | 'signal'> {
  /** Told after each port: how many are done, of how many. */
  progress?(done: number, ports: number): void
}

/**
 * Probes ports of this machine, such as `tcp://127.0.0.1:5000-6000`, a few at a time. Throws `InspectorError`:
 * `invalid-endpoint` for what is no such range, and `cancelled`.
 */
export async function probeRange(text: string, options: RangeOptions = {}): Promise<RangeReport> {
  const range = parsePortRange(text)
  if (!range) {
    throw new InspectorError('invalid-endpoint', 'Expected a range of ports such as tcp://127.0.0.1:5000-6000')
  }
  const { host, from, to } = range
  const ports = to - from + 1
  const addresses = await lookUp(withoutBrackets(host))
  const atOnce = Math.max(
    1,
    Math.floor(mostConnections / ('diagnosis' in addresses ? 1 : Math.max(1, addresses.length))),
  )
  const found: ProbeReport[] = []
  let next = from
  let done = 0
  const work = async () => {
    while (next <= to) {
      const port = next
      next += 1
      const report = await probe(`tcp://${formatHostAndPort({ host, port })}`, options)
      if (report.reachable) found.push(report)
      done += 1
      options.progress?.(done, ports)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, ports) }, work))
  return { endpoint: text.trim(), ports, found: found.sort((one, other) => portOf(one) - portOf(other)) }
}

const portOf = ({ endpoint }: ProbeReport): number => Number(/\d+$/.exec(endpoint)?.[0])
