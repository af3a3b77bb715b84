import { bidiIsolates } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import type { EncodingFacts } from '../../shared/codecs/facts.ts'

/**
 * Syntax highlighting, where a text can be folded, and which parts have a direction of their own. Loaded when a text of
 * its kind is first shown. Plain text has none.
 */
const loaders: Readonly<Record<EncodingFacts['syntax'], (() => Promise<Extension>) | null>> = {
  plain: null,
  json: async () => [(await import('@codemirror/lang-json')).json(), bidiIsolates()],
  notation: async () => {
    const { notationFolding, notationIsolates, notationLanguage } = await import('./notation-language.ts')
    return [notationLanguage, notationFolding, notationIsolates]
  },
}

const loaded = new Map<EncodingFacts['syntax'], Extension>([['plain', []]])

/** The language, if loaded. */
export const loadedLanguage = (syntax: EncodingFacts['syntax']): Extension | undefined => loaded.get(syntax)

export async function loadLanguage(syntax: EncodingFacts['syntax']): Promise<Extension> {
  const language = loaded.get(syntax) ?? (await loaders[syntax]?.()) ?? []
  loaded.set(syntax, language)
  return language
}
