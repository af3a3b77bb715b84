import { utf8Length } from '../utf8.ts'
import { type PatternId, patternOf } from './patterns.ts'

const largestInt32 = 2_147_483_647
/** For libzmq, -1 is what the system decides, and 0 an error. */
const orSystem = -1
/** The most seconds that Linux takes for a keep-alive. */
const longestKeepAlive = 32_767

/** The groups in which options are listed, in this order. */
export const optionGroups = [
  'Messages',
  'Routing',
  'Publishing',
  'Requests',
  'Connecting',
  'Heartbeats',
  'TCP keep-alive',
  'Network',
] as const

export type OptionValue = number | boolean | string

interface Row<Value> {
  readonly group: (typeof optionGroups)[number]
  readonly name: string
  /** What it does, without unit and default. */
  readonly words: string
  /** The patterns that have it; all of them where this is left out. */
  readonly patterns?: readonly PatternId[]
  /** Only patterns that do so have it. */
  readonly needs?: 'sends' | 'receives'
  /** Its names in libzmq, without `ZMQ_`; none for an option of this application. */
  readonly libzmq?: readonly string[]
  /** The properties of zeromq.js's socket that get its value. */
  readonly sets: readonly string[]
  /** Their value, where it is another; undefined leaves them as libzmq has them. `all`: the values of all options. */
  readonly as?: (value: Value, all: Readonly<Record<string, OptionValue>>) => OptionValue | undefined
}

type KindRow =
  | (Row<number> & { readonly kind: 'number' })
  | (Row<boolean> & { readonly kind: 'boolean' })
  | (Row<string> & { readonly kind: 'text' })

interface NumberRow extends Row<number> {
  readonly usual: number
  readonly minimum: number
  readonly maximum?: number
  readonly unit: string
  /** A value that stands for something else than a number. */
  readonly special?: { readonly value: number; readonly meaning: string }
}

const number = <const Given extends NumberRow>(row: Given) => ({
  kind: 'number' as const,
  maximum: largestInt32,
  ...row,
})
const onOff = (row: Row<boolean> & { readonly usual?: boolean }) => ({ kind: 'boolean' as const, usual: false, ...row })
const text = (row: Row<string> & { readonly maximumBytes: number }) => ({ kind: 'text' as const, usual: '', ...row })

/**
 * Every option of a socket, with its default (`usual`), its bounds and what it sets. Type, schema, form, glossary,
 * command-line flags, the lab's report and the socket itself are made from here.
 */
export const optionRows = {
  sendHighWaterMark: number({
    group: 'Messages',
    name: 'Send high-water mark',
    words: 'Most messages that can wait to be sent',
    usual: 1000,
    minimum: 0,
    unit: 'messages',
    special: { value: 0, meaning: 'no limit' },
    needs: 'sends',
    libzmq: ['SNDHWM'],
    sets: ['sendHighWaterMark'],
  }),
  receiveHighWaterMark: number({
    group: 'Messages',
    name: 'Receive high-water mark',
    words: 'Most messages that can wait to be read',
    usual: 1000,
    minimum: 0,
    unit: 'messages',
    special: { value: 0, meaning: 'no limit' },
    needs: 'receives',
    libzmq: ['RCVHWM'],
    sets: ['receiveHighWaterMark'],
  }),
  maximumMessageSize: number({
    group: 'Messages',
    name: 'Maximum message size',
    words:
      'The largest message to accept: a larger one closes the connection, and a limit under 512 bytes may stop handshakes',
    usual: -1,
    minimum: -1,
    maximum: Number.MAX_SAFE_INTEGER,
    unit: 'bytes',
    special: { value: -1, meaning: 'no limit' },
    libzmq: ['MAXMSGSIZE'],
    sets: ['maxMessageSize'],
  }),
  conflate: onOff({
    group: 'Messages',
    name: 'Conflate',
    words: 'Keep only the newest message; it must have one frame',
    patterns: ['pub', 'sub', 'push', 'pull', 'dealer'],
    libzmq: ['CONFLATE'],
    sets: ['conflate'],
    as: (on) => on || undefined,
  }),
  immediate: onOff({
    group: 'Messages',
    name: 'Immediate',
    words: 'Queue messages only for peers that are connected; sending waits for one',
    patterns: ['req', 'dealer', 'push', 'pair'],
    libzmq: ['IMMEDIATE'],
    sets: ['immediate'],
  }),
  linger: number({
    group: 'Messages',
    name: 'Linger',
    words: 'How long unsent messages are kept after closing',
    usual: 0,
    minimum: -1,
    unit: 'ms',
    special: { value: -1, meaning: 'forever' },
    libzmq: ['LINGER'],
    sets: ['linger'],
  }),
  routingId: text({
    group: 'Routing',
    name: 'Routing id',
    words: 'The name by which the peer knows this socket; empty = the peer chooses one',
    maximumBytes: 255,
    patterns: ['req', 'dealer', 'router'],
    libzmq: ['ROUTING_ID', 'IDENTITY'],
    sets: ['routingId'],
    as: (value) => value || undefined,
  }),
  envelope: onOff({
    group: 'Routing',
    name: 'Envelope',
    words: 'Adds the empty frame that REQ and REP use before each message, and takes it off what arrives',
    usual: true,
    patterns: ['dealer'],
    sets: [],
  }),
  requireDelimiter: onOff({
    group: 'Routing',
    name: 'Require delimiter',
    words: 'Drops messages without the empty frame that REQ adds',
    patterns: ['router'],
    sets: [],
  }),
  probeRouter: onOff({
    group: 'Routing',
    name: 'Probe router',
    words: 'Sends an empty message on connecting, so that a ROUTER at the other end knows this socket',
    patterns: ['req', 'dealer', 'router'],
    libzmq: ['PROBE_ROUTER'],
    sets: ['probeRouter'],
    as: (on) => on || undefined,
  }),
  handover: onOff({
    group: 'Routing',
    name: 'Handover',
    words: 'A new peer with the routing id of another takes its place; otherwise its messages are dropped',
    patterns: ['router'],
    libzmq: ['ROUTER_HANDOVER'],
    sets: ['handover'],
    as: (on) => on || undefined,
  }),
  noDrop: onOff({
    group: 'Publishing',
    name: 'No drop',
    words: 'Fails to send when a subscriber does not keep up, instead of dropping the message for it',
    patterns: ['pub', 'xpub'],
    libzmq: ['XPUB_NODROP'],
    sets: ['noDrop'],
    as: (on) => on || undefined,
  }),
  invertMatching: onOff({
    group: 'Publishing',
    name: 'Invert matching',
    words: 'Sends what does not match a subscription; both ends must set it',
    patterns: ['pub', 'xpub', 'sub'],
    libzmq: ['INVERT_MATCHING'],
    sets: ['invertMatching'],
    as: (on) => on || undefined,
  }),
  verboseSubscriptions: onOff({
    group: 'Publishing',
    name: 'Every subscription',
    words: 'Receive every subscription, not only the first to a topic',
    patterns: ['xpub'],
    libzmq: ['XPUB_VERBOSE'],
    sets: ['verbosity'],
    as: (on) => (on ? 'allSubs' : undefined),
  }),
  verboseUnsubscriptions: onOff({
    group: 'Publishing',
    name: 'Every unsubscription',
    words: 'Receive every subscription and unsubscription',
    patterns: ['xpub'],
    libzmq: ['XPUB_VERBOSER'],
    sets: ['verbosity'],
    as: (on) => (on ? 'allSubsUnsubs' : undefined),
  }),
  welcomeMessage: text({
    group: 'Publishing',
    name: 'Welcome message',
    words: 'Sent to each subscriber that connects; it gets it only with a subscription that matches',
    maximumBytes: 65_536,
    patterns: ['xpub'],
    libzmq: ['XPUB_WELCOME_MSG'],
    sets: ['welcomeMessage'],
    as: (value) => value || undefined,
  }),
  reconnectInterval: number({
    group: 'Connecting',
    name: 'Reconnect interval',
    words: 'Pause between attempts to connect',
    usual: 100,
    minimum: 1,
    unit: 'ms',
    libzmq: ['RECONNECT_IVL'],
    sets: ['reconnectInterval'],
  }),
  reconnectMaxInterval: number({
    group: 'Connecting',
    name: 'Longest reconnect interval',
    words: 'Each failed attempt doubles the pause, up to this',
    usual: 5000,
    minimum: 0,
    unit: 'ms',
    special: { value: 0, meaning: 'no doubling' },
    libzmq: ['RECONNECT_IVL_MAX'],
    sets: ['reconnectMaxInterval'],
    // libzmq would shorten the pause to a smaller one.
    as: (value, { reconnectInterval }) => (value > Number(reconnectInterval) ? value : 0),
  }),
  connectTimeout: number({
    group: 'Connecting',
    name: 'Connect timeout',
    words: 'How long one attempt to connect may take',
    usual: 0,
    minimum: 0,
    unit: 'ms',
    special: { value: 0, meaning: 'as the system decides' },
    libzmq: ['CONNECT_TIMEOUT'],
    sets: ['connectTimeout'],
  }),
  handshakeInterval: number({
    group: 'Connecting',
    name: 'Handshake interval',
    words: 'How long a handshake may take',
    usual: 30_000,
    minimum: 0,
    unit: 'ms',
    special: { value: 0, meaning: 'no limit' },
    libzmq: ['HANDSHAKE_IVL'],
    sets: ['handshakeInterval'],
  }),
  ipv6: onOff({
    group: 'Connecting',
    name: 'IPv6',
    words: 'Also use IPv6 addresses, such as tcp://[::1]:5555',
    libzmq: ['IPV6'],
    sets: ['ipv6'],
  }),
  heartbeatInterval: number({
    group: 'Heartbeats',
    name: 'Heartbeat interval',
    words: 'Pause between pings to the peer, which find a dead connection',
    usual: 0,
    minimum: 0,
    unit: 'ms',
    special: { value: 0, meaning: 'off' },
    libzmq: ['HEARTBEAT_IVL'],
    sets: ['heartbeatInterval'],
  }),
  heartbeatTimeout: number({
    group: 'Heartbeats',
    name: 'Heartbeat timeout',
    words: 'How long to wait for an answer to a ping before reconnecting',
    usual: 0,
    minimum: 0,
    unit: 'ms',
    special: { value: 0, meaning: 'the heartbeat interval' },
    libzmq: ['HEARTBEAT_TIMEOUT'],
    sets: ['heartbeatTimeout'],
    // libzmq takes 0 as no limit; unset, it is the interval.
    as: (value) => (value > 0 ? value : undefined),
  }),
  heartbeatTimeToLive: number({
    group: 'Heartbeats',
    name: 'Heartbeat time to live',
    words: 'After this long without a ping, the peer closes the connection',
    usual: 0,
    minimum: 0,
    // ZMTP has 16 bits for it, in tenths of a second.
    maximum: 6_553_599,
    unit: 'ms',
    special: { value: 0, meaning: 'never' },
    libzmq: ['HEARTBEAT_TTL'],
    sets: ['heartbeatTimeToLive'],
  }),
  tcpKeepAlive: onOff({
    group: 'TCP keep-alive',
    name: 'TCP keep-alive',
    words: 'The system probes idle connections, which finds dead ones and keeps routers from dropping them',
    libzmq: ['TCP_KEEPALIVE'],
    sets: ['tcpKeepalive'],
    as: (on) => (on ? 1 : orSystem),
  }),
  tcpKeepAliveIdle: number({
    group: 'TCP keep-alive',
    name: 'Keep-alive idle time',
    words: 'Idle time before the first probe',
    usual: 0,
    minimum: 0,
    maximum: longestKeepAlive,
    unit: 's',
    special: { value: 0, meaning: 'as the system decides' },
    libzmq: ['TCP_KEEPALIVE_IDLE'],
    sets: ['tcpKeepaliveIdle'],
    as: (value) => value || orSystem,
  }),
  tcpKeepAliveInterval: number({
    group: 'TCP keep-alive',
    name: 'Keep-alive interval',
    words: 'Pause between probes',
    usual: 0,
    minimum: 0,
    maximum: longestKeepAlive,
    unit: 's',
    special: { value: 0, meaning: 'as the system decides' },
    libzmq: ['TCP_KEEPALIVE_INTVL'],
    sets: ['tcpKeepaliveInterval'],
    as: (value) => value || orSystem,
  }),
  tcpKeepAliveCount: number({
    group: 'TCP keep-alive',
    name: 'Keep-alive count',
    words: 'Unanswered probes after which the connection is dead',
    usual: 0,
    minimum: 0,
    maximum: 127,
    unit: 'probes',
    special: { value: 0, meaning: 'as the system decides' },
    libzmq: ['TCP_KEEPALIVE_CNT'],
    sets: ['tcpKeepaliveCount'],
    as: (value) => value || orSystem,
  }),
  relaxedCorrelate: onOff({
    group: 'Requests',
    name: 'Relaxed and correlate',
    words: 'Adds a request id frame on the wire, so that late replies are recognised',
    patterns: ['req'],
    libzmq: ['REQ_RELAXED', 'REQ_CORRELATE'],
    sets: ['relaxed', 'correlate'],
  }),
  backlog: number({
    group: 'Network',
    name: 'Backlog',
    words: 'Most connections that can wait to be accepted',
    usual: 100,
    minimum: 1,
    unit: 'connections',
    libzmq: ['BACKLOG'],
    sets: ['backlog'],
  }),
  sendBufferSize: number({
    group: 'Network',
    name: 'Send buffer',
    words: 'The send buffer of the system for each connection',
    usual: -1,
    minimum: -1,
    unit: 'bytes',
    special: { value: -1, meaning: 'as the system decides' },
    libzmq: ['SNDBUF'],
    sets: ['sendBufferSize'],
    as: (value) => (value >= 0 ? value : undefined),
    needs: 'sends',
  }),
  receiveBufferSize: number({
    group: 'Network',
    name: 'Receive buffer',
    words: 'The receive buffer of the system for each connection',
    usual: -1,
    minimum: -1,
    unit: 'bytes',
    special: { value: -1, meaning: 'as the system decides' },
    libzmq: ['RCVBUF'],
    sets: ['receiveBufferSize'],
    as: (value) => (value >= 0 ? value : undefined),
    needs: 'receives',
  }),
  tcpMaxRetransmitTimeout: number({
    group: 'Network',
    name: 'Retransmit timeout',
    words: 'How long sent data may stay unacknowledged before the system closes the connection',
    usual: 0,
    minimum: 0,
    unit: 'ms',
    special: { value: 0, meaning: 'as the system decides' },
    libzmq: ['TCP_MAXRT'],
    sets: ['tcpMaxRetransmitTimeout'],
    as: (value) => value || undefined,
  }),
  typeOfService: number({
    group: 'Network',
    name: 'Type of service',
    words: 'The type-of-service byte of IP packets',
    usual: 0,
    minimum: 0,
    maximum: 255,
    unit: 'TOS',
    libzmq: ['TOS'],
    sets: ['typeOfService'],
    as: (value) => value || undefined,
  }),
  socksProxy: text({
    group: 'Network',
    name: 'SOCKS proxy',
    words: 'A SOCKS5 proxy to connect through, such as 127.0.0.1:1080; empty = none',
    maximumBytes: 255,
    libzmq: ['SOCKS_PROXY'],
    sets: ['socksProxy'],
    as: (value) => value || undefined,
  }),
  bindToDevice: text({
    group: 'Network',
    name: 'Network device',
    words: 'Use only this network device, such as eth0; Linux asks for the right to do so; empty = any',
    maximumBytes: 15,
    libzmq: ['BINDTODEVICE'],
    sets: ['interface'],
    as: (value) => value || undefined,
  }),
}

type Rows = typeof optionRows

export type OptionKey = keyof Rows
export type OptionRow = Rows[OptionKey]
type ValueOf<Given> = Given extends { readonly kind: 'number' }
  ? number
  : Given extends { readonly kind: 'boolean' }
    ? boolean
    : string

/** The options of a socket. Those that its pattern does not have keep their defaults. */
export type SocketOptions = { readonly [Key in OptionKey]: ValueOf<Rows[Key]> }

function keys(): readonly OptionKey[]
function keys(): readonly string[] {
  return Object.keys(optionRows)
}

export const optionKeys = keys()

function defaults(): SocketOptions
function defaults(): Record<string, OptionValue> {
  return Object.fromEntries(optionKeys.map((key) => [key, optionRows[key].usual]))
}

export const defaultSocketOptions = defaults()

const rowOf = (key: OptionKey): KindRow => optionRows[key]

/** The options that sockets of a pattern have. */
export const optionsOf = (pattern: PatternId): readonly OptionKey[] =>
  optionKeys.filter((key) => {
    const { patterns, needs } = rowOf(key)
    return (patterns?.includes(pattern) ?? true) && (needs === undefined || patternOf(pattern)[needs])
  })

/** The options that sockets of a pattern have, with the defaults of all others: those of another pattern may be set. */
export function optionsFor(pattern: PatternId, options: SocketOptions): SocketOptions
export function optionsFor(
  pattern: PatternId,
  options: Readonly<Record<string, OptionValue>>,
): Record<string, OptionValue> {
  const own = optionsOf(pattern)
  return Object.fromEntries(
    optionKeys.map((key) => [key, own.includes(key) ? (options[key] ?? optionRows[key].usual) : optionRows[key].usual]),
  )
}

/** The option with this name in libzmq, with `ZMQ_` or without; undefined for none. */
export function optionOfLibzmq(name: string): OptionKey | undefined {
  const wanted = name.toUpperCase().replace(/^ZMQ_/, '')
  return optionKeys.find((key) => rowOf(key).libzmq?.includes(wanted))
}

/** The properties of zeromq.js's socket that an option sets, with their values; none where libzmq's own are right. */
export function propertiesOf(key: OptionKey, options: SocketOptions): readonly (readonly [string, OptionValue])[] {
  const row = rowOf(key)
  const value = libraryValue(row, options[key], options)
  return value === undefined ? [] : row.sets.map((property) => [property, value])
}

function libraryValue(row: KindRow, value: OptionValue, all: SocketOptions): OptionValue | undefined {
  if (row.kind === 'number') return row.as && typeof value === 'number' ? row.as(value, all) : value
  if (row.kind === 'boolean') return row.as && typeof value === 'boolean' ? row.as(value, all) : value
  return row.as && typeof value === 'string' ? row.as(value, all) : value
}

/** Why a row does not take the value, as what to write instead; null when it does. */
export function problemWith(row: OptionRow, value: unknown): string | null {
  switch (row.kind) {
    case 'number': {
      const { minimum, maximum } = row
      if (typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum) return null
      return `Write a whole number from ${minimum} to ${maximum}.`
    }
    case 'boolean':
      return typeof value === 'boolean' ? null : 'Write true or false.'
    case 'text': {
      const { maximumBytes } = row
      if (typeof value !== 'string') return 'Write a text.'
      if (value.startsWith('\0')) return 'It must not begin with a zero byte, which ZeroMQ keeps for its own ids.'
      if (utf8Length(value) <= maximumBytes) return null
      return `It has ${utf8Length(value)} bytes; write ${maximumBytes} at most.`
    }
  }
}
