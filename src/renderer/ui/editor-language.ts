import type { Extension } from '@codemirror/state'
import type { EncodingFacts } from '../../shared/codecs/facts.ts'

/** Syntax highlighting, loaded when a text of its kind is first shown. Plain text has none. */
const loaders: Readonly<Record<EncodingFacts['syntax'], (() => Promise<Extension>) | null>> = {
  plain: null,
  json: async () => (await import('@codemirror/lang-json')).json(),
  notation: async () => (await import('./notation-language.ts')).notationLanguage,
}

const loaded = new Map<EncodingFacts['syntax'], Extension>([['plain', []]])

/** The language, if loaded. */
export const loadedLanguage = (syntax: EncodingFacts['syntax']): Extension | undefined => loaded.get(syntax)

export async function loadLanguage(syntax: EncodingFacts['syntax']): Promise<Extension> {
  const language = loaded.get(syntax) ?? (await loaders[syntax]?.()) ?? []
  loaded.set(syntax, language)
  return language
}
