import type { Notice } from '../../../shared/contract/index.ts'
import { type Attachment, echoServerId } from '../../../shared/session/spec.ts'
import type { SessionState } from '../../../shared/session/state.ts'
import { type SocketDraft, specOf } from '../../../shared/workspace.ts'
import { optionNamesInWords } from '../../../shared/zmq/option-words.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'

/** What a report of a problem is made of. */
export interface ReportFacts {
  /** Names and versions, the application first. */
  readonly versions: Readonly<Record<string, string>>
  /** Facts on the system and the display, each a line. */
  readonly surroundings: readonly string[]
  readonly sockets: readonly SocketDraft[]
  /** Of the echo server. */
  readonly serverEndpoint: string
  readonly phases: Readonly<Record<string, Pick<SessionState, 'phase'> | undefined>>
  readonly notices: readonly Pick<Notice, 'title' | 'text'>[]
}

const transports = ['tcp', 'ipc', 'inproc', 'ws', 'udp', 'pgm', 'epgm']

/** An endpoint's transport alone. */
function transportOf(endpoint: string): string {
  const scheme = endpoint.split('://')[0]?.toLowerCase() ?? ''
  return transports.includes(scheme) && endpoint.includes('://') ? scheme : 'no known transport'
}

const attachmentInWords = ({ how, endpoint }: Attachment): string =>
  `${how === 'bind' ? 'binds' : 'connects'} (${transportOf(endpoint)})`

/** A socket by type, transports and options: not its name, its endpoints, its topics or its messages. */
function socketInWords(draft: SocketDraft, phase: string): string {
  const { pattern, attach, options, behaviour } = specOf(draft)
  return [
    `${patternOf(pattern).label}: ${phase}`,
    ...(attach.length === 0 ? ['no endpoint'] : attach.map(attachmentInWords)),
    ...(behaviour === null ? [] : [`behaviour ${behaviour}`]),
    `options: ${optionNamesInWords(options)}`,
  ].join(', ')
}

/** What is left of endpoints in a text is their transport: the known ones, which can have spaces, and all others. */
function withoutEndpoints(text: string, known: readonly string[]): string {
  const longestFirst = known
    .filter((endpoint) => endpoint.includes('://'))
    .sort((one, other) => other.length - one.length)
  const rest = longestFirst.reduce((left, endpoint) => left.replaceAll(endpoint, `${transportOf(endpoint)}://…`), text)
  return rest.replace(new RegExp(`\\b(${transports.join('|')}):\\/\\/(?!…)[^\\s"'”’<>]+`, 'gi'), '$1://…')
}

const paragraph = (heading: string, lines: readonly string[]): string => [heading, ...lines].join('\n')

/** The report as a person completes it: plain text. Holds no endpoint and no content of a message. */
export function problemReportText({
  versions,
  surroundings,
  sockets,
  serverEndpoint,
  phases,
  notices,
}: ReportFacts): string {
  const known = [serverEndpoint, ...sockets.flatMap(({ attach }) => attach.map(({ endpoint }) => endpoint))]
  const phaseOf = (id: string) => phases[id]?.phase ?? 'closed'
  return [
    'What I did:',
    'What I expected:',
    'What happened:',
    paragraph(
      'Versions',
      Object.entries(versions).map(([name, version]) => `${name} ${version}`),
    ),
    paragraph('System', surroundings),
    paragraph('Sockets', [
      ...sockets.map((draft) => socketInWords(draft, phaseOf(draft.id))),
      `Echo server: ${phaseOf(echoServerId)}`,
    ]),
    ...(notices.length === 0
      ? []
      : [
          paragraph(
            'Notices',
            notices.map(({ title, text }) => withoutEndpoints(`${title}\n  ${text}`, known)),
          ),
        ]),
  ].join('\n\n')
}
