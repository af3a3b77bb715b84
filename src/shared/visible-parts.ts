/** A part of a text whose characters may not be what they look like. */
export type TextPart =
  | { readonly kind: 'plain'; readonly text: string }
  /** A character that cannot be seen, or that moves others: `U+202E`. */
  | { readonly kind: 'hidden'; readonly name: string }
  /** A letter that can be taken for a Latin one. */
  | { readonly kind: 'foreign'; readonly text: string; readonly script: string }

/** Controls, marks of direction, zero-width and other blank characters. The space is left as it is. */
const hidden = /(?! )(?:[\p{C}\p{Z}\p{Variation_Selector}\u115f\u1160\u3164\uffa0]|\u034f)/u

const scripts: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\p{Script=Cyrillic}/u, 'Cyrillic'],
  [/\p{Script=Greek}/u, 'Greek'],
  [/\p{Script=Armenian}/u, 'Armenian'],
  [/\p{Script=Cherokee}/u, 'Cherokee'],
  [/\p{Script=Hebrew}/u, 'Hebrew'],
  [/\p{Script=Arabic}/u, 'Arabic'],
  [/\p{Script=Latin}/u, 'Latin, of an unusual form'],
]

/** The script of a letter that is not what is typed for it on a Latin keyboard; null for all other characters. */
function foreignScript(character: string): string | null {
  const isLatin = /\p{Script=Latin}/u.test(character) && character.normalize('NFKC') === character
  if (isLatin || !/\p{L}/u.test(character)) return null
  return scripts.find(([pattern]) => pattern.test(character))?.[1] ?? 'another script'
}

export const codePointName = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

function partOf(character: string): TextPart {
  if (hidden.test(character)) return { kind: 'hidden', name: codePointName(character) }
  const script = foreignScript(character)
  return script === null ? { kind: 'plain', text: character } : { kind: 'foreign', text: character, script }
}

/** A text, with each character apart that cannot be seen or can be taken for another. */
export function visiblePartsOf(text: string): TextPart[] {
  const parts: TextPart[] = []
  for (const character of text) {
    const part = partOf(character)
    const last = parts.at(-1)
    if (part.kind === 'plain' && last?.kind === 'plain')
      parts[parts.length - 1] = { ...last, text: last.text + part.text }
    else parts.push(part)
  }
  return parts
}

/** In sentences, what in a text may deceive; empty where nothing does. */
export function deceptionIn(parts: readonly TextPart[]): string {
  const names = [...new Set(parts.flatMap((part) => (part.kind === 'hidden' ? [part.name] : [])))]
  const letters = [
    ...new Set(
      parts.flatMap((part) =>
        part.kind === 'foreign' ? [`${part.text} (${codePointName(part.text)}, ${part.script})`] : [],
      ),
    ),
  ]
  return [
    names.length > 0 ? `It contains characters that cannot be seen: ${listed(names)}.` : '',
    letters.length > 0 ? `It contains letters that can look like others: ${listed(letters)}.` : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

const mostListed = 5

function listed(items: readonly string[]): string {
  const more = items.length - mostListed
  return more > 0 ? `${items.slice(0, mostListed).join(', ')} and ${more} more` : items.join(', ')
}
