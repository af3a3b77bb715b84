import { loadCodec } from './state/codecs.ts'
import { loadLanguage } from './ui/editor-language.ts'

/**
 * Loads what is likely to be used next when the window is idle: menus, and the editor support for all encodings but
 * Protobuf. Loading that while somebody types
 * would reset the selection: an editor that is reconfigured restores the selection it had before.
 */
export async function loadWhenIdle(): Promise<void> {
  await new Promise((resolve) => requestIdleCallback(resolve))
  await Promise.all([
    ...(['json', 'messagepack', 'cbor', 'base64', 'z85'] as const).map(loadCodec),
    loadLanguage('json'),
    loadLanguage('notation'),
    import('./ui/editor-completion.ts'),
    import('./features/send/send-menu.tsx'),
  ])
}
