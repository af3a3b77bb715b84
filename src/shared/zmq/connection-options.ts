import { utf8Length } from '../utf8.ts'

const largestInt32 = 2_147_483_647
/** The most seconds that Linux takes for a keep-alive. */
const longestKeepAlive = 32_767

/** The groups in which options are listed, in this order. */
export const optionGroups = ['Messages', 'Connecting', 'Heartbeats', 'TCP keep-alive', 'Requests'] as const

interface Row {
  readonly group: (typeof optionGroups)[number]
  readonly name: string
  /** What it does, without unit and default. */
  readonly words: string
}

interface NumberRow extends Row {
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
const onOff = (row: Row) => ({ kind: 'boolean' as const, usual: false, ...row })
const text = (row: Row & { readonly maximumBytes: number }) => ({ kind: 'text' as const, usual: '', ...row })

/**
 * Every option of a connection's socket, with its default (`usual`) and bounds. Type, schema, form, glossary,
 * command-line flags and the lab's report come from here; engine/apply-options.ts sets them.
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
  }),
  receiveHighWaterMark: number({
    group: 'Messages',
    name: 'Receive high-water mark',
    words: 'Most messages that can wait to be read',
    usual: 1000,
    minimum: 0,
    unit: 'messages',
    special: { value: 0, meaning: 'no limit' },
  }),
  maximumMessageSize: number({
    group: 'Messages',
    name: 'Maximum message size',
    words:
      'The largest reply to accept: a larger one closes the connection, and a limit under 512 bytes may stop handshakes',
    usual: -1,
    minimum: -1,
    maximum: Number.MAX_SAFE_INTEGER,
    unit: 'bytes',
    special: { value: -1, meaning: 'no limit' },
  }),
  linger: number({
    group: 'Messages',
    name: 'Linger',
    words: 'How long unsent messages are kept after closing',
    usual: 0,
    minimum: -1,
    unit: 'ms',
    special: { value: -1, meaning: 'forever' },
  }),
  reconnectInterval: number({
    group: 'Connecting',
    name: 'Reconnect interval',
    words: 'Pause between attempts to connect',
    usual: 100,
    minimum: 1,
    unit: 'ms',
  }),
  reconnectMaxInterval: number({
    group: 'Connecting',
    name: 'Longest reconnect interval',
    words: 'Each failed attempt doubles the pause, up to this',
    usual: 5000,
    minimum: 0,
    unit: 'ms',
    special: { value: 0, meaning: 'no doubling' },
  }),
  connectTimeout: number({
    group: 'Connecting',
    name: 'Connect timeout',
    words: 'How long one attempt to connect may take',
    usual: 0,
    minimum: 0,
    unit: 'ms',
    special: { value: 0, meaning: 'as the system decides' },
  }),
  handshakeInterval: number({
    group: 'Connecting',
    name: 'Handshake interval',
    words: 'How long a handshake may take',
    usual: 30_000,
    minimum: 0,
    unit: 'ms',
    special: { value: 0, meaning: 'no limit' },
  }),
  ipv6: onOff({
    group: 'Connecting',
    name: 'IPv6',
    words: 'Also use IPv6 addresses, such as tcp://[::1]:5555',
  }),
  heartbeatInterval: number({
    group: 'Heartbeats',
    name: 'Heartbeat interval',
    words: 'Pause between pings to the peer, which find a dead connection',
    usual: 0,
    minimum: 0,
    unit: 'ms',
    special: { value: 0, meaning: 'off' },
  }),
  heartbeatTimeout: number({
    group: 'Heartbeats',
    name: 'Heartbeat timeout',
    words: 'How long to wait for an answer to a ping before reconnecting',
    usual: 0,
    minimum: 0,
    unit: 'ms',
    special: { value: 0, meaning: 'the heartbeat interval' },
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
  }),
  tcpKeepAlive: onOff({
    group: 'TCP keep-alive',
    name: 'TCP keep-alive',
    words: 'The system probes idle connections, which finds dead ones and keeps routers from dropping them',
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
  }),
  routingId: text({
    group: 'Requests',
    name: 'Routing id',
    words: 'The name by which the peer knows this socket; empty = the peer chooses one',
    maximumBytes: 255,
  }),
  relaxedCorrelate: onOff({
    group: 'Requests',
    name: 'Relaxed and correlate',
    words: 'Adds a request id frame on the wire, so that late replies are recognised',
  }),
}

type Rows = typeof optionRows

export type OptionKey = keyof Rows
export type OptionRow = Rows[OptionKey]
export type OptionValue = number | boolean | string

type ValueOf<Given> = Given extends { readonly kind: 'number' }
  ? number
  : Given extends { readonly kind: 'boolean' }
    ? boolean
    : string

/** The socket options of a connection. */
export type ConnectionOptions = { readonly [Key in OptionKey]: ValueOf<Rows[Key]> }

function keys(): readonly OptionKey[]
function keys(): readonly string[] {
  return Object.keys(optionRows)
}

export const optionKeys = keys()

function defaults(): ConnectionOptions
function defaults(): Record<string, OptionValue> {
  return Object.fromEntries(optionKeys.map((key) => [key, optionRows[key].usual]))
}

export const defaultConnectionOptions = defaults()

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
