import type { Property } from './command.ts'
import { type FrameKind, frameFlags, type Speaks } from './protocol.ts'

const shortestLong = 256

/** How many bytes the header of a frame has. */
export function headerBytes(speaks: Speaks, size: number): number {
  if (speaks === 1) return size + 1 < 0xff ? 2 : 10
  return size < shortestLong ? 2 : 9
}

/**
 * Writes the header of a frame to `target` from `at` on, where it needs `headerBytes`. Returns where it ends. What follows
 * is the payload, as it is: nothing is copied.
 */
export function writeHeader(
  target: Uint8Array,
  at: number,
  speaks: Speaks,
  kind: FrameKind,
  more: boolean,
  size: number,
): number {
  const bytes = headerBytes(speaks, size)
  const flag = more ? frameFlags.more : 0
  if (speaks === 1) {
    target[at] = bytes === 2 ? size + 1 : 0xff
    if (bytes > 2) writeLong(target, at + 1, size + 1)
    target[at + bytes - 1] = flag
    return at + bytes
  }
  target[at] = flag | (bytes === 2 ? 0 : frameFlags.long) | (kind === 'command' ? frameFlags.command : 0)
  if (bytes === 2) target[at + 1] = size
  else writeLong(target, at + 1, size)
  return at + bytes
}

function writeLong(target: Uint8Array, at: number, value: number): void {
  let left = value
  for (let index = 7; index >= 0; index -= 1) {
    target[at + index] = left % 256
    left = Math.floor(left / 256)
  }
}

/** A whole frame, its payload copied behind its header: for what is small. */
export function writeFrame(speaks: Speaks, kind: FrameKind, more: boolean, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(headerBytes(speaks, payload.length) + payload.length)
  bytes.set(payload, writeHeader(bytes, 0, speaks, kind, more, payload.length))
  return bytes
}

const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** The frame of a command, whose name has 255 ASCII characters at most. */
export const writeCommand = (name: string, ...body: readonly Uint8Array[]): Uint8Array =>
  writeFrame(3, 'command', false, joined([Uint8Array.of(name.length), latin(name), ...body]))

/** READY or INITIATE with a socket's metadata. */
export function writeMetadata(name: 'READY' | 'INITIATE', properties: readonly Property[]): Uint8Array {
  const parts = properties.flatMap((property) => {
    const size = new Uint8Array(8)
    writeLong(size, 0, property.value.length)
    return [Uint8Array.of(property.name.length), latin(property.name), size.subarray(4), property.value]
  })
  return writeCommand(name, ...parts)
}

/** Of a reason of 255 ASCII characters at most. */
export const writeError = (reason: string): Uint8Array =>
  writeCommand('ERROR', Uint8Array.of(reason.length), latin(reason))

export const writeSubscription = (name: 'SUBSCRIBE' | 'CANCEL', topic: Uint8Array): Uint8Array =>
  writeCommand(name, topic)

export const writeGroup = (name: 'JOIN' | 'LEAVE', group: Uint8Array): Uint8Array => writeCommand(name, group)

/** `lifetimeMs`: in steps of 100, up to 6,553,500. `context`: 16 bytes at most. */
export const writePing = (lifetimeMs: number, context: Uint8Array): Uint8Array =>
  writeCommand('PING', Uint8Array.of(Math.floor(lifetimeMs / 25_600), Math.floor(lifetimeMs / 100) & 0xff), context)

export const writePong = (context: Uint8Array): Uint8Array => writeCommand('PONG', context)

/** PLAIN's HELLO, of a user and a password of 255 bytes at most. */
export const writePlainHello = (user: Uint8Array, password: Uint8Array): Uint8Array =>
  writeCommand('HELLO', Uint8Array.of(user.length), user, Uint8Array.of(password.length), password)

export const writePlainWelcome = (): Uint8Array => writeCommand('WELCOME')
