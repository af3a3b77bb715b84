/** The classes of zeromq.js. */
export type LibraryClass =
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
  | 'Client'
  | 'Server'
  | 'Radio'
  | 'Dish'
  | 'Scatter'
  | 'Gather'

/** The groups in which patterns are offered, in this order. */
export const patternGroups = [
  'Request and reply',
  'Publish and subscribe',
  'Pipeline',
  'Pair',
  'Other programs',
  'Draft',
] as const

/** What differs between the kinds of sockets. */
export interface Pattern {
  /** As people write it. */
  readonly label: string
  readonly group: (typeof patternGroups)[number]
  /** What it is for, in a sentence without its end. */
  readonly words: string
  readonly library: LibraryClass
  /** The class in its place while this option is on, which `library` does not have. */
  readonly libraryWith?: { readonly option: 'conflate'; readonly library: LibraryClass }
  /** Whether people send messages with it. */
  readonly sends: boolean
  /** Whether people receive messages with it. */
  readonly receives: boolean
  /** Whether it must send and receive in turns, and which of the two comes first. */
  readonly lockstep: 'send-first' | 'receive-first' | null
  /**
   * What precedes the message on the wire. With `peer`, the routing id of the peer, and an empty delimiter where the peer
   * uses one; with `delimiter`, an empty frame that an option adds and takes off.
   */
  readonly envelope: 'none' | 'delimiter' | 'peer'
  /** How it says what it wants to receive: by a call of its own, by messages to its peers, or by joining groups. */
  readonly subscribes: 'by-call' | 'by-message' | 'by-joining' | null
  /** Whether it gets the subscriptions of its peers: as what it knows of them, and as messages, too, where it receives. */
  readonly hears: boolean
  /** What becomes of a message while nobody is there: it is dropped, or waits for a peer. */
  readonly alone: 'drops' | 'waits'
  /** What people do with it, usually: its first endpoint begins so. */
  readonly usual: 'bind' | 'connect'
  /** How many frames its messages have; null for any number. The first of two is the group. */
  readonly frames: 1 | 2 | null
  /** Whether libzmq may still change it: it is in no stable version. */
  readonly isDraft: boolean
  /** The patterns that it can talk to, as people write them. */
  readonly peers: readonly string[]
  /** The most peers that it serves; the others are connected, and get nothing. */
  readonly mostPeers: number | null
  /** Whether it speaks ZMTP, and so shakes hands. */
  readonly handshakes: boolean
  /** Properties of zeromq.js's socket that this application relies on, whatever the options say. */
  readonly always: Readonly<Record<string, number | boolean | string>>
}

const plain = {
  sends: true,
  receives: true,
  lockstep: null,
  envelope: 'none',
  subscribes: null,
  hears: false,
  alone: 'waits',
  usual: 'connect',
  frames: null,
  isDraft: false,
  mostPeers: null,
  handshakes: true,
  always: {},
} as const

/** Of libzmq's draft types: their messages have one frame. */
const draft = { ...plain, group: 'Draft', isDraft: true, frames: 1 } as const

/**
 * Every kind of socket that the engine can open.
 *
 * A ROUTER says when it cannot send, instead of dropping the message silently: `mandatory`, with a finite time to send,
 * because without a peer it would wait for ever. A PUB is an XPUB underneath, so that it knows who subscribes to what.
 */
export const patterns = {
  req: {
    ...plain,
    label: 'REQ',
    group: 'Request and reply',
    words: 'Sends a request and waits for its reply',
    library: 'Request',
    lockstep: 'send-first',
    peers: ['REP', 'ROUTER'],
  },
  rep: {
    ...plain,
    label: 'REP',
    group: 'Request and reply',
    words: 'Receives a request and answers it before the next',
    library: 'Reply',
    lockstep: 'receive-first',
    alone: 'drops',
    usual: 'bind',
    peers: ['REQ', 'DEALER'],
  },
  dealer: {
    ...plain,
    label: 'DEALER',
    group: 'Request and reply',
    words: 'Sends and receives in any order, to its peers in turn',
    library: 'Dealer',
    envelope: 'delimiter',
    peers: ['REP', 'DEALER', 'ROUTER'],
  },
  router: {
    ...plain,
    label: 'ROUTER',
    group: 'Request and reply',
    words: 'Knows who sent what, and sends to the peer that you choose',
    library: 'Router',
    envelope: 'peer',
    alone: 'drops',
    usual: 'bind',
    peers: ['REQ', 'DEALER', 'ROUTER'],
    always: { mandatory: true, sendTimeout: 0 },
  },
  pub: {
    ...plain,
    label: 'PUB',
    group: 'Publish and subscribe',
    words: 'Sends to everyone who subscribes to the beginning of it',
    library: 'XPublisher',
    libraryWith: { option: 'conflate', library: 'Publisher' },
    receives: false,
    hears: true,
    alone: 'drops',
    usual: 'bind',
    peers: ['SUB', 'XSUB'],
    always: { verbosity: 'allSubsUnsubs' },
  },
  sub: {
    ...plain,
    label: 'SUB',
    group: 'Publish and subscribe',
    words: 'Receives messages that begin as it subscribes',
    library: 'Subscriber',
    sends: false,
    subscribes: 'by-call',
    peers: ['PUB', 'XPUB'],
  },
  xpub: {
    ...plain,
    label: 'XPUB',
    group: 'Publish and subscribe',
    words: 'A PUB that also receives the subscriptions',
    library: 'XPublisher',
    hears: true,
    alone: 'drops',
    usual: 'bind',
    peers: ['SUB', 'XSUB'],
  },
  xsub: {
    ...plain,
    label: 'XSUB',
    group: 'Publish and subscribe',
    words: 'A SUB that subscribes by sending messages',
    library: 'XSubscriber',
    subscribes: 'by-message',
    alone: 'drops',
    peers: ['PUB', 'XPUB'],
  },
  push: {
    ...plain,
    label: 'PUSH',
    group: 'Pipeline',
    words: 'Sends each message to one of its peers, in turn',
    library: 'Push',
    receives: false,
    peers: ['PULL'],
  },
  pull: {
    ...plain,
    label: 'PULL',
    group: 'Pipeline',
    words: 'Receives from all its peers, in turn',
    library: 'Pull',
    sends: false,
    usual: 'bind',
    peers: ['PUSH'],
  },
  pair: {
    ...plain,
    label: 'PAIR',
    group: 'Pair',
    words: 'Sends and receives in any order, with one peer',
    library: 'Pair',
    peers: ['PAIR'],
    mostPeers: 1,
  },
  stream: {
    ...plain,
    label: 'STREAM',
    group: 'Other programs',
    words: 'Talks to programs without ZeroMQ, over plain TCP',
    library: 'Stream',
    envelope: 'peer',
    alone: 'drops',
    usual: 'bind',
    peers: [],
    frames: 1,
    handshakes: false,
    always: { sendTimeout: 0 },
  },
  client: {
    ...draft,
    label: 'CLIENT',
    words: 'Sends and receives in any order, with SERVERs',
    library: 'Client',
    peers: ['SERVER'],
  },
  server: {
    ...draft,
    label: 'SERVER',
    words: 'Knows who sent what, and sends to the peer that you choose',
    library: 'Server',
    envelope: 'peer',
    alone: 'drops',
    usual: 'bind',
    peers: ['CLIENT'],
    always: { sendTimeout: 0 },
  },
  radio: {
    ...draft,
    label: 'RADIO',
    words: 'Sends to everyone who has joined the group of the message',
    library: 'Radio',
    receives: false,
    frames: 2,
    alone: 'drops',
    usual: 'bind',
    peers: ['DISH'],
  },
  dish: {
    ...draft,
    label: 'DISH',
    words: 'Receives the messages of the groups that it joins',
    library: 'Dish',
    sends: false,
    frames: 2,
    subscribes: 'by-joining',
    peers: ['RADIO'],
  },
  scatter: {
    ...draft,
    label: 'SCATTER',
    words: 'Sends each message to one of its peers, in turn',
    library: 'Scatter',
    receives: false,
    peers: ['GATHER'],
  },
  gather: {
    ...draft,
    label: 'GATHER',
    words: 'Receives from all its peers, in turn',
    library: 'Gather',
    sends: false,
    usual: 'bind',
    peers: ['SCATTER'],
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
