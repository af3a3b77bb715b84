/** Revisions as the eleventh byte of a greeting tells them; libzmq takes all from 2 on for ZMTP 3. */
export const revisions = { unversioned: -1, one: 0, two: 1, three: 3 } as const

/** The major version whose frames a connection uses. */
export type Speaks = 1 | 2 | 3

/** What the two ends of a connection use, given the revisions of both. */
export function spokenBetween(one: number, other: number): Speaks {
  const lower = Math.min(one, other)
  if (lower <= revisions.one) return 1
  return lower === revisions.two ? 2 : 3
}

export const signatureBytes = 10
/** The greeting of ZMTP 2.0: signature, revision, socket type. */
export const greetingBytes2 = 12
/** The greeting of ZMTP 3: signature, version, mechanism, as-server, filler. */
export const greetingBytes3 = 64
export const mechanismBytes = 20
export const maximumIdentityBytes = 255

/** The bits of the flags of a frame since ZMTP 2.0; 1.0 has only `more`. */
export const frameFlags = { more: 1, long: 2, command: 4 } as const

/** What a frame is: part of a message, a command (ZMTP 3), or the identity that ZMTP 1.0 and 2.0 begin with. */
export type FrameKind = 'message' | 'command' | 'identity'

/** The socket types of ZMTP 2.0, by their number, which is libzmq's. */
export const socketTypes = [
  'PAIR',
  'PUB',
  'SUB',
  'REQ',
  'REP',
  'DEALER',
  'ROUTER',
  'PULL',
  'PUSH',
  'XPUB',
  'XSUB',
  'STREAM',
] as const
