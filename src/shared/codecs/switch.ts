import { type Codec, CodecError, type CodecOptions } from './codec.ts'

/** The result of changing a text's encoding. */
export type SwitchResult =
  | { readonly text: string; readonly kept: true }
  | { readonly text: string; readonly kept: false; readonly reason: string }

/**
 * Changes the encoding of a text. Either the bytes stay the same (`kept: true`), or the text stays as typed, with the
 * reason why the new encoding cannot represent its bytes.
 */
export function switchEncoding(text: string, from: Codec, to: Codec, options: CodecOptions = {}): SwitchResult {
  if (text === '' || from === to) return { text, kept: true }
  const bytes = attempt(() => from.encode(text, options))
  if (bytes instanceof CodecError) {
    const reason = `This text is not valid ${from.label}. Your text is unchanged. ${bytes.message}.`
    return { text, kept: false, reason }
  }
  const shown = attempt(() => showExactly(to, bytes, options))
  if (shown instanceof CodecError) {
    const reason = `These bytes are not valid ${to.label}. Your text is unchanged. ${shown.message}.`
    return { text, kept: false, reason }
  }
  return { text: shown, kept: true }
}

/** The bytes as text, verified to encode to the same bytes. */
function showExactly(codec: Codec, bytes: Uint8Array, options: CodecOptions): string {
  const shown = codec.decode(bytes, options)
  const again = codec.encode(shown, options)
  if (again.length !== bytes.length || again.some((byte, index) => byte !== bytes[index])) {
    throw new CodecError('decode-failed', 'Its text would encode to different bytes', 0, bytes.length)
  }
  return shown
}

/** The result, or the codec's error as a value; other exceptions propagate. */
function attempt<T>(operation: () => T): T | CodecError {
  try {
    return operation()
  } catch (error) {
    if (error instanceof CodecError) return error
    throw error
  }
}
