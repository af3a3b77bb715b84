import { bytes } from './bytes.ts'

export const allBytes = Uint8Array.from({ length: 256 }, (_, index) => index)

/** Texts that mean something else within the quotes of one language or another. */
export const hostileTexts = [
  'Hello world!',
  `"quotes" 'and' \`more\` \\ \\" \\x41b \\u000a \\101 $x \${x} {x} #{x} %d %s @" R"(x)"`,
  'what??/ trigraph ??= and ???',
  'line\nline\r\nline\rtab\t end \n',
  '\u2028\u2029\u00a0\u200b\u202eabc\ufeff\u00ad \u0301',
  'Grüße, 世界 🙂 0123',
  '   blanks at both ends   ',
] as const

const longText = Array.from({ length: 4000 }, (_, index) => `"${index}"\\x4${index % 10} ??/\n`).join('')

/** Frames whose bytes are easily changed on their way through a literal. */
export const hostileFrames: readonly Uint8Array[] = [
  new Uint8Array(),
  allBytes,
  Uint8Array.from([...allBytes].flatMap((byte) => [0, byte, 0x31])),
  ...hostileTexts.map(bytes),
  bytes('zero\0byte'),
  Uint8Array.of(0xff, 0xfe, 0x41),
  Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 251),
  bytes(longText),
  new Uint8Array(),
]
