import { gzip, zlib } from './deflate.ts'
import { type Layer, LayerError, type LayerId, layerIds } from './layer.ts'
import { zstd } from './zstandard.ts'

export { type Layer, LayerError, type LayerId, layerIds } from './layer.ts'

/** The LZ4 frame format. No well-maintained library opens it without a native module, so it is only recognised. */
const lz4: Layer = {
  id: 'lz4',
  label: 'LZ4',
  recognises: (bytes) => bytes[0] === 0x04 && bytes[1] === 0x22 && bytes[2] === 0x4d && bytes[3] === 0x18,
}

export const layers: Readonly<Record<LayerId, Layer>> = { gzip, zlib, zstd, lz4 }

/** Limit on the bytes inside layers, against decompression bombs. */
export const maximumLayerBytes = 128 * 1024 * 1024

/** Opens the layers in order, the outermost first. Rejects with `LayerError`, which names the layer. */
export async function openLayers(bytes: Uint8Array, opened: readonly LayerId[]): Promise<Uint8Array> {
  let inner = bytes
  for (const id of opened) {
    const { label, open } = layers[id]
    try {
      if (!open) throw new LayerError('It is recognised but cannot be opened here')
      inner = await open(inner, maximumLayerBytes)
    } catch (thrown) {
      if (thrown instanceof LayerError) throw new LayerError(`${label}: ${thrown.message}`, { cause: thrown })
      throw thrown
    }
  }
  return inner
}

/** The compression that the bytes seem to start with; undefined when none. */
export function recogniseLayer(bytes: Uint8Array): Layer | undefined {
  return layerIds.map((id) => layers[id]).find((layer) => layer.recognises(bytes))
}
