import { utf8Length } from './utf8.ts'

/** Windows takes these for devices, whatever follows the first dot. */
const reserved = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$|clock\$)(?:\.|$)/i
/** Separators, what Windows forbids, controls, and characters that cannot be seen or reorder others. */
const forbidden = /[/\\:*?"<>|\p{C}\p{Zl}\p{Zp}]+/gu

const mostCharacters = 100
const mostBytes = 200
const longestExtension = 10

/** The beginning of a text, in whole characters. */
function shortened(text: string): string {
  let short = ''
  let bytes = 0
  let characters = 0
  for (const character of text) {
    bytes += utf8Length(character)
    characters += 1
    if (bytes > mostBytes || characters > mostCharacters) break
    short += character
  }
  return short
}

/**
 * The name of a file that every system accepts and that can lead nowhere else: without folders, leading dots, controls
 * and the names of devices, and short. Where nothing is left it is called `file`.
 */
export function safeFileName(proposed: string): string {
  const base = proposed.split(/[/\\]/).at(-1) ?? ''
  const plain = base.replaceAll(forbidden, '-').replaceAll(/^[\s.]+|[\s.]+$/gu, '')
  const dot = plain.lastIndexOf('.')
  const extension = dot > 0 && plain.length - dot <= longestExtension + 1 ? plain.slice(dot) : ''
  const stem = shortened(plain.slice(0, plain.length - extension.length)).trimEnd()
  const name = stem.replaceAll(/-+/g, '-').replace(/^-$/, '') === '' ? `file${extension}` : `${stem}${extension}`
  return reserved.test(name) ? `_${name}` : name
}
