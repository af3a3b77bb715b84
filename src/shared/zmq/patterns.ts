/** What differs between the kinds of sockets. */
interface Pattern {
  /** As people write it. */
  readonly label: string
  /** The class of zeromq.js. */
  readonly library:
    | 'Dealer'
    | 'Pair'
    | 'Publisher'
    | 'Pull'
    | 'Push'
    | 'Reply'
    | 'Request'
    | 'Router'
    | 'Stream'
    | 'Subscriber'
    | 'XPublisher'
    | 'XSubscriber'
  readonly sends: boolean
  readonly receives: boolean
  /** Whether it must send and receive in turns, and which of the two comes first. */
  readonly lockstep: 'send-first' | null
  /** What precedes the message in what it receives: the routing ids of the way back, up to the empty delimiter. */
  readonly envelope: 'none' | 'routing-ids'
  /** The patterns that it can talk to, as people write them. */
  readonly peers: readonly string[]
  /** Whether people can choose it: in the window, on the command line and in files. */
  readonly isOffered: boolean
  /** Properties of zeromq.js's socket that this application relies on, whatever the options say. */
  readonly always: Readonly<Record<string, number | boolean>>
}

/**
 * Every kind of socket that the engine can open. A ROUTER says when it cannot send, instead of dropping the message
 * silently: `mandatory`, with a finite time to send, because without a peer it would wait for ever.
 */
export const patterns = {
  req: {
    label: 'REQ',
    library: 'Request',
    sends: true,
    receives: true,
    lockstep: 'send-first',
    envelope: 'none',
    peers: ['REP', 'ROUTER'],
    isOffered: true,
    always: {},
  },
  router: {
    label: 'ROUTER',
    library: 'Router',
    sends: true,
    receives: true,
    lockstep: null,
    envelope: 'routing-ids',
    peers: ['REQ', 'DEALER', 'ROUTER'],
    isOffered: true,
    always: { mandatory: true, sendTimeout: 0 },
  },
  pair: {
    label: 'PAIR',
    library: 'Pair',
    sends: true,
    receives: true,
    lockstep: null,
    envelope: 'none',
    peers: ['PAIR'],
    isOffered: false,
    always: {},
  },
  push: {
    label: 'PUSH',
    library: 'Push',
    sends: true,
    receives: false,
    lockstep: null,
    envelope: 'none',
    peers: ['PULL'],
    isOffered: false,
    always: {},
  },
} as const satisfies Record<string, Pattern>

export type PatternId = keyof typeof patterns

function ids(): readonly PatternId[]
function ids(): readonly string[] {
  return Object.keys(patterns)
}

export const patternIds = ids()

/** What is known of a pattern. */
export const patternOf = (id: PatternId): Pattern => patterns[id]
