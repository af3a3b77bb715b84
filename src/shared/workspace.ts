import type { z } from './schema.ts'
import { endpointOf, requestSpec, type SocketSpec } from './session/spec.ts'
import type {
  draftFrameSchema,
  labDraftSchema,
  logViewSchema,
  messageDraftSchema,
  replyViewSchema,
  savedFilterSchema,
  sentMessageSchema,
  socketDraftSchema,
  tableLayoutSchema,
  workspaceSchema,
} from './workspace-schema.ts'
import { optionsFor } from './zmq/options.ts'
import { type PatternId, patternOf } from './zmq/patterns.ts'

/** The most frames that a message may have here. */
export const maximumFrames = 1000

/** The most characters in the name of a socket. */
export const maximumNameLength = 80

/** The most messages of a socket that are remembered. */
export const maximumHistory = 50

/** The most entries of the palette that are remembered. */
export const maximumRecentCommands = 10

/** The most filters that are saved. */
export const maximumSavedFilters = 200

/** The most endpoints that are remembered. */
export const maximumRecentEndpoints = 20

/** The tabs at the bottom: the figures of each socket, the round trips of one that is no REQ, what is watched, and the log. */
export const bottomTabs = ['latency', 'round-trips', 'watches', 'log', 'events'] as const

/** Widths of a column of a table, in pixels. */
export const minimumColumnWidth = 32
export const maximumColumnWidth = 4000

/** Forms of compression that are opened within one another. */
export const maximumLayers = 8

/** The forms in which a structure is shown: its text laid out, its text as it is or on one line, its values. */
export const forms = ['pretty', 'raw', 'tree'] as const

export type Form = (typeof forms)[number]

export type DraftFrame = z.infer<typeof draftFrameSchema>
export type MessageDraft = Readonly<z.infer<typeof messageDraftSchema>>
export type ReplyView = z.infer<typeof replyViewSchema>
/** The text of a search under a name. */
export type SavedFilter = z.infer<typeof savedFilterSchema>
export type SentMessage = z.infer<typeof sentMessageSchema>
export type SocketDraft = z.infer<typeof socketDraftSchema>
export type Workspace = z.infer<typeof workspaceSchema>
/** What a view of the log shows, as it is kept. */
export type KeptLogView = z.infer<typeof logViewSchema>
/** The columns of a table as a person has set them. */
export type TableLayout = z.infer<typeof tableLayoutSchema>
export type LabDraft = z.infer<typeof labDraftSchema>

export const defaultLabDraft: LabDraft = {
  model: 'closed',
  concurrency: '1',
  rate: '1000',
  length: 'duration',
  duration: '10',
  warmUp: '1',
  timeout: '5',
  requests: '10000',
  sweep: 'none',
  sizes: '16, 64, 256, 1 KiB, 4 KiB, 16 KiB, 64 KiB, 256 KiB, 1 MiB',
  rates: '100, 200, 500, 1000, 2000, 5000',
  sockets: '1, 2, 4, 8, 16, 32, 64',
  pattern: 'req',
  inFlight: '8',
  inFlights: '1, 2, 4, 8, 16, 32, 64',
  client: 'zmtp',
  workers: '1',
  measure: 'round-trips',
  pace: 'fast',
  messageRate: '10000',
  oneWay: 'push-pull',
  size: '64',
  oneWayEndpoint: 'tcp://127.0.0.1:*',
}

export const defaultEndpoint = 'tcp://127.0.0.1:25933'
export const defaultTimeoutMs = 5000
export const defaultMessage = 'Hello world!'

/** What a socket is called: its name, or else its endpoint. */
export const socketName = (socket: Pick<SocketDraft, 'name' | 'attach'>): string =>
  socket.name || endpointOf(socket) || 'No endpoint yet'

/** How a session of the socket is to run: without the options of the kinds that it had before. */
export const specOf = ({ pattern, attach, options, security, subscriptions, behaviour }: SocketDraft): SocketSpec => ({
  pattern,
  attach,
  options: optionsFor(pattern, options),
  security,
  subscriptions,
  behaviour,
})

/** The socket's first endpoint as another. */
export const withEndpoint = ({ attach }: SocketDraft, endpoint: string): Pick<SocketDraft, 'attach'> => ({
  attach: attach.map((each, index) => (index === 0 ? { ...each, endpoint } : each)),
})

/** A name as it is kept: on one line, and not cut within a character. */
export const tidyName = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, maximumNameLength)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()

/** The chosen views of a socket's reply frames, by position: those for another endpoint are not used. */
export const replyViewsOf = (socket: SocketDraft): SocketDraft['replyViews'] =>
  socket.replyViewsFor === null || socket.replyViewsFor === endpointOf(socket) ? socket.replyViews : {}

export const usualReplyView: ReplyView = { layers: [], view: null, form: null, message: null }

export function newFrame(id: string): DraftFrame {
  return { id, encoding: 'text', text: '', attachment: null, message: null }
}

/** A frame's id, which no other socket's frames have: files are kept by it. At most 64 characters. */
export const frameIdOf = (socketId: string, suffix: string): string =>
  `${socketId.slice(0, 63 - suffix.length)}-${suffix}`

/** Where sockets other than REQ begin: the two ends of a pattern, added one after the other, meet there. */
export const defaultStreamEndpoint = 'tcp://127.0.0.1:5555'

/** A socket as it begins: one that subscribes gets everything. */
export function newSpec(pattern: PatternId, endpoint: string): SocketSpec {
  const { usual, subscribes } = patternOf(pattern)
  return {
    ...requestSpec(endpoint),
    pattern,
    attach: [{ how: usual, endpoint }],
    // There is no group of all messages.
    subscriptions: subscribes === null || subscribes === 'by-joining' ? [] : [{ encoding: 'text', text: '' }],
  }
}

/** The frames that a message begins with. */
const textsOf = (pattern: PatternId): readonly string[] =>
  patternOf(pattern).frames === 2 ? ['group', defaultMessage] : [defaultMessage]

export function newSocket(id: string, endpoint: string = defaultEndpoint, pattern: PatternId = 'req'): SocketDraft {
  return {
    id,
    name: '',
    ...newSpec(pattern, endpoint),
    timeoutMs: defaultTimeoutMs,
    frames: textsOf(pattern).map((text, index) => ({ ...newFrame(frameIdOf(id, String(index + 1))), text })),
    repeat: { count: 100, intervalMs: 0, rate: null },
    peer: '',
    timing: null,
    signing: null,
    watches: [],
    replyViewsFor: null,
    replyViews: {},
  }
}

export const defaultWorkspace: Workspace = {
  version: 7,
  serverEndpoint: defaultEndpoint,
  activeSocket: 'local-echo',
  sockets: [newSocket('local-echo')],
  layouts: {},
  history: {},
  recentEndpoints: [],
  recentCommands: [],
  folds: {},
  bottomTab: 'latency',
  lab: defaultLabDraft,
}
