/**
 * Packs a flat set of files in Electron's archive format: a header (its size, then a JSON index, each
 * wrapped with its length as a 32-bit number and padded to 4 bytes) followed by the files' contents.
 * @param {Record<string, Buffer>} files
 * @returns {Buffer}
 */
export function packAsar(files) {
  /** @type {Record<string, { offset: string, size: number }>} */
  const index = {}
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    index[name] = { offset: String(offset), size: content.length }
    offset += content.length
  }
  const json = Buffer.from(JSON.stringify({ files: index }))
  const padding = Buffer.alloc((4 - (json.length % 4)) % 4)
  const header = Buffer.concat([uint32(4 + json.length + padding.length), uint32(json.length), json, padding])
  return Buffer.concat([uint32(4), uint32(header.length), header, ...Object.values(files)])
}

/** @param {number} value */
function uint32(value) {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32LE(value)
  return buffer
}
