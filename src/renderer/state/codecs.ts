import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Codec, EncodingId } from '../../shared/codecs/codec.ts'
import { hex } from '../../shared/codecs/hex.ts'
import { text } from '../../shared/codecs/text.ts'
import type { DraftFrame } from '../../shared/workspace.ts'

type LoadedCodecs = Readonly<Partial<Record<EncodingId, Codec>>>

/** Codecs by encoding. Only the ones that nearly every message needs are bundled. */
const loaders: Readonly<Record<EncodingId, () => Promise<Codec>>> = {
  text: async () => text,
  hex: async () => hex,
  json: async () => (await import('../../shared/codecs/json.ts')).json,
  messagepack: async () => (await import('../../shared/codecs/messagepack.ts')).messagepack,
  cbor: async () => (await import('../../shared/codecs/cbor.ts')).cbor,
  protobuf: async () => (await import('../../shared/codecs/protobuf.ts')).protobuf,
  base64: async () => (await import('../../shared/codecs/base64.ts')).base64,
  z85: async () => (await import('../../shared/codecs/z85.ts')).z85,
}

const codecStore = createStore<LoadedCodecs>()(() => ({ text, hex }))

/** The loaded codecs; using components re-render when more are loaded. */
export const useLoadedCodecs = (): LoadedCodecs => useStore(codecStore)

/** The codec, if loaded. */
export const loadedCodec = (id: EncodingId): Codec | undefined => codecStore.getState()[id]

export async function loadCodec(id: EncodingId): Promise<Codec> {
  const loaded = loadedCodec(id)
  if (loaded) return loaded
  const codec = await loaders[id]()
  codecStore.setState({ [id]: codec })
  return codec
}

/** Loads the codecs of all frames. */
export async function loadCodecsOf(frames: readonly Pick<DraftFrame, 'encoding'>[]): Promise<void> {
  await Promise.all([...new Set(frames.map(({ encoding }) => encoding))].map(loadCodec))
}
