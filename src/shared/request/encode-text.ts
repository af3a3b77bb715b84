import type { Codec, CodecOptions } from '../codecs/codec.ts'

/**
 * The bytes that a text to be sent stands for: the text of a draft's frame, or an argument of the command line. Every
 * such text goes through here, so this is the place to substitute variables. Throws `CodecError` with the place of the
 * fault in the text.
 */
export const encodeText = (text: string, codec: Codec, options: CodecOptions): Uint8Array => codec.encode(text, options)
