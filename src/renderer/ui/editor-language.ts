import type { Extension } from '@codemirror/state'
import type { EncodingFacts } from '../../shared/codecs/facts.ts'

/**
 * Syntax highlighting, and where a text can be folded. Loaded when a text of its kind is first shown. Plain text has none.
 */
const loaders: Readonly<Record<EncodingFacts['syntax'], (() => Promise<Extension>) | null>> = {
  plain: null,
  json: async () => (await import('@codemirror/lang-json')).json(),
  notation: async () => {
    const { notationFolding, notationLanguage } = await import('./notation-language.ts')
    return [notationLanguage, notationFolding]
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
