import { foreignProtocols } from './protocols.ts'
import type { ProbeAnswer } from './report.ts'

/** What the first bytes of a peer showed, a line without its end. */
export function greetingWords({ protocol, version, mechanism, start }: ProbeAnswer): string {
  switch (protocol) {
    case 'zmtp': {
      if (version === null) return 'a greeting of ZMTP instead of a WebSocket'
      const named = version.startsWith('ZWS') ? version : `ZMTP ${version}`
      return mechanism === null ? named : `${named}, mechanism ${mechanism}`
    }
    case 'unfinished':
      return 'half a greeting of ZMTP'
    case 'silent':
      return 'nothing came'
    case 'closed':
      return 'closed without a word'
    case 'unknown':
      return `no ZMTP: ${start}`
    default:
      return `${foreignProtocols[protocol]}${start === null ? '' : `: ${start}`}`
  }
}

/** How the handshake went, a line without its end. */
export function handshakeWords(answer: ProbeAnswer): string {
  const { handshake, socketType, identity, metadata, mechanism, refusal } = answer
  switch (handshake) {
    case 'done':
      return [
        `Socket-Type ${socketType ?? 'not told'}`,
        ...(identity === null ? [] : [`Identity ${identity}`]),
        ...Object.entries(metadata).map(([name, value]) => `${name} ${value}`),
      ].join(', ')
    case 'needs-credentials':
      return `needs credentials for ${mechanism}`
    case 'refused':
      return `refused with ERROR ${refusal}`
    case 'closed':
      return 'closed before READY'
    case 'unfinished':
      return 'no READY in time'
    case 'none':
      return 'this version has none'
  }
}

/** What the peers saw of the probe, a line without its end. */
export const traceWords = (connections: number): string =>
  connections === 0
    ? 'nothing was connected'
    : `${connections === 1 ? 'one short connection' : `${connections} short connections, one for each address`}, and no message`
