import type { ForeignProtocol } from '../../shared/probe/protocols.ts'

const shownCharacters = 60
const shownBytes = 16
/** Fewer printable characters may be chance. */
const shortestLine = 3

const startsWith = (pattern: RegExp) => (bytes: Uint8Array) => pattern.test(Buffer.from(bytes).toString('latin1'))

/** Null stands for any byte. */
const beginsWith =
  (...pattern: readonly (number | null)[]) =>
  (bytes: Uint8Array) =>
    pattern.every((wanted, index) => index < bytes.length && (wanted === null || bytes[index] === wanted))

/** A CONNACK or a DISCONNECT, and nothing else. */
const isMqtt = (bytes: Uint8Array): boolean => {
  const [type, length = 0] = bytes
  return bytes.length === 2 + length && ((type === 0x20 && length >= 2) || (type === 0xe0 && length <= 2))
}

/** Whether a Telnet server begins to negotiate: IAC with WILL, WONT, DO or DONT, and an option, maybe more than once. */
export const isTelnet = ([first, second, third, fourth]: Uint8Array): boolean =>
  first === 0xff &&
  second !== undefined &&
  second >= 0xfb &&
  second <= 0xfe &&
  third !== undefined &&
  (fourth ?? 0xff) === 0xff

/** How servers of other protocols start, the surest first. */
const protocols: readonly (readonly [protocol: ForeignProtocol, matches: (bytes: Uint8Array) => boolean])[] = [
  ['http', startsWith(/^HTTP\/|^<!DOCTYPE|^<html/i)],
  ['ssh', startsWith(/^SSH-/)],
  // A handshake or an alert, of SSL 3 or TLS.
  ['tls', ([type, major]) => (type === 0x16 || type === 0x15) && major === 3],
  // A frame of settings on stream 0.
  ['http2', beginsWith(0, 0, null, 4, 0, 0, 0, 0, 0)],
  ['redis', startsWith(/^-ERR |^-NOAUTH|^-DENIED/)],
  ['memcached', startsWith(/^(?:CLIENT_|SERVER_)?ERROR(?: [^\r\n]*)?\r\n/)],
  ['smtp', startsWith(/^(?:220|421|554)[ -][^\r\n]*SMTP/i)],
  ['ftp', startsWith(/^220[ -][^\r\n]*FTP/i)],
  ['ftp-or-smtp', startsWith(/^220[ -]/)],
  ['pop3', startsWith(/^\+OK/)],
  ['imap', startsWith(/^\* OK/)],
  // An error: its length, and the field of its severity.
  ['postgresql', (bytes) => beginsWith(0x45, 0, 0)(bytes) && startsWith(/^S(?:ERROR|FATAL|PANIC)/)(bytes.subarray(5))],
  // A packet of three bytes of length and number 0, with protocol version 10 or an error.
  ['mysql', (bytes) => bytes[3] === 0 && (bytes[4] === 0x0a || bytes[4] === 0xff)],
  ['mqtt', isMqtt],
  ['amqp', startsWith(/^AMQP/)],
  ['nats', startsWith(/^INFO \{/)],
  ['vnc', startsWith(/^RFB \d{3}\.\d{3}\n/)],
  ['telnet', isTelnet],
  ['text', startsWith(/^[\x20-\x7e\r\n\t]+$/)],
]

/** The protocol whose servers start so; undefined for one that is not known here. */
export const recognize = (bytes: Uint8Array): ForeignProtocol | undefined =>
  protocols.find(([, matches]) => matches(bytes))?.[0]

/** The first line in quotes where it is text, else the first bytes as hex. */
export function describeStart(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1')
  const [line = ''] = /^[\x20-\x7e\t]*/.exec(text.trimStart()) ?? []
  if (line.length >= shortestLine) {
    return `“${line.length > shownCharacters ? `${line.slice(0, shownCharacters)}…` : line}”`
  }
  const hex = Buffer.from(bytes.subarray(0, shownBytes)).toString('hex')
  return `the bytes ${hex.replace(/(..)(?=.)/g, '$1 ')}`
}
