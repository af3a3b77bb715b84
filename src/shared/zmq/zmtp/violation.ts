/** How bytes break the rules of ZMTP, in words. */
const words = {
  'frame-size': 'a frame cannot be so long',
  'empty-length': 'a frame of ZMTP 1.0 has a length of 1 at least',
  'reserved-flags': 'a reserved bit of the flags is set',
  'command-more': 'a command is followed by more frames',
  'early-message': 'a message comes before the handshake',
  'identity-size': 'an identity has 255 bytes at most',
  'identity-more': 'the identity is followed by more frames',
  'mechanism-name': 'the mechanism of the greeting is not a name filled up with zeros',
  'as-server': 'the as-server byte of the greeting is neither 0 nor 1',
  'command-name': 'a command has no valid name',
  'command-body': 'the body of a command is not as its name demands',
} as const

export type ViolationCode = keyof typeof words

/** After these nothing can be read: where the next frame begins is not known. */
const fatal: ReadonlySet<ViolationCode> = new Set(['frame-size', 'empty-length'])

export interface Violation {
  readonly code: ViolationCode
  /** Of the byte that breaks the rule, from the beginning of the stream. */
  readonly offset: number
  readonly words: string
  /** Whether nothing more is read. */
  readonly isFatal: boolean
}

export const violation = (code: ViolationCode, offset: number): Violation => ({
  code,
  offset,
  words: words[code],
  isFatal: fatal.has(code),
})
