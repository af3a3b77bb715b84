import { loadCodec } from './state/codecs.ts'
import { loadLanguage } from './ui/editor-language.ts'

/**
 * Loads, once the window has nothing else to do, what an editor needs for the encodings but Protobuf. What is loaded while
 * somebody types takes the selection away from under their hands: an editor that is coloured anew sets it to where it was.
 */
export async function loadEncodings(): Promise<void> {
  await new Promise((resolve) => requestIdleCallback(resolve))
  await Promise.all([
    ...(['json', 'messagepack', 'cbor', 'base64', 'z85'] as const).map(loadCodec),
    loadLanguage('json'),
    loadLanguage('notation'),
    import('./ui/editor-completion.ts'),
  ])
}
