import { deflate, gzip, zlib } from './deflate.ts'
import { type Layer, LayerError, type LayerId, layerIds, layerLabels } from './layer.ts'
import { lz4 } from './lz4.ts'
import { snappy } from './snappy.ts'
import { zstd } from './zstandard.ts'

export { type Layer, LayerError, type LayerId, layerIds, layerLabels } from './layer.ts'

export const layers: Readonly<Record<LayerId, Layer>> = { gzip, zlib, zstd, lz4, snappy, deflate }

/** Limit on the bytes inside layers, against decompression bombs. */
export const maximumLayerBytes = 128 * 1024 * 1024

/** Opens the layers in order, the outermost first. Throws `LayerError`, which names the layer. */
export function openLayers(bytes: Uint8Array, opened: readonly LayerId[]): Uint8Array {
  let inner = bytes
  for (const id of opened) {
    try {
      inner = layers[id].open(inner, maximumLayerBytes)
    } catch (thrown) {
      if (thrown instanceof LayerError) throw new LayerError(`${layerLabels[id]}: ${thrown.message}`, { cause: thrown })
      throw thrown
    }
  }
  return inner
}

/** The compression that the bytes seem to have; undefined when none. */
export function recogniseLayer(bytes: Uint8Array): Layer | undefined {
  return layerIds.map((id) => layers[id]).find((layer) => layer.recognises(bytes))
}
