/** @typedef {{ size: number, png: Buffer, pixels: Buffer }} Picture `pixels` are rows of red, green, blue, alpha */

/** Windows reads larger ones as PNG only, and smaller ones everywhere as bitmaps only. */
const LARGEST_BITMAP = 128

/** macOS's types of PNG pictures: those for screens of twice the density have types of their own. */
const APPLE_TYPES = /** @type {[string, number][]} */ ([
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
])

/**
 * Windows's container: a directory with an entry of 16 bytes for each picture, then the pictures.
 * @param {Picture[]} pictures
 * @returns {Buffer}
 */
export function packIco(pictures) {
  const contents = pictures.map((picture) => (picture.size > LARGEST_BITMAP ? picture.png : bitmap(picture)))
  const header = Buffer.alloc(6 + 16 * pictures.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = header.length
  for (const [index, { size }] of pictures.entries()) {
    const content = contents[index] ?? Buffer.alloc(0)
    const entry = 6 + 16 * index
    // 256 does not fit into a byte, and is written as 0.
    header.writeUInt8(size % 256, entry)
    header.writeUInt8(size % 256, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(content.length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += content.length
  }
  return Buffer.concat([header, ...contents])
}

/**
 * A bitmap as it stands in a Windows icon: rows from below, blue first, and a mask that the alpha makes unnecessary.
 * @param {Picture} picture
 */
function bitmap({ size, pixels }) {
  const header = Buffer.alloc(40)
  header.writeUInt32LE(40, 0)
  header.writeInt32LE(size, 4)
  header.writeInt32LE(size * 2, 8)
  header.writeUInt16LE(1, 12)
  header.writeUInt16LE(32, 14)
  const colors = Buffer.alloc(size * size * 4)
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const from = ((size - 1 - row) * size + column) * 4
      const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(from, from + 4)
      colors.set([blue, green, red, alpha], (row * size + column) * 4)
    }
  }
  const mask = Buffer.alloc(Math.ceil(size / 32) * 4 * size)
  return Buffer.concat([header, colors, mask])
}

/**
 * macOS's container: pictures, each after its type and its length.
 * @param {(size: number) => Buffer} pngOf
 * @returns {Buffer}
 */
export function packIcns(pngOf) {
  const parts = APPLE_TYPES.flatMap(([type, size]) => {
    const png = pngOf(size)
    return [appleHeader(type, png.length), png]
  })
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([appleHeader('icns', length), ...parts])
}

/**
 * @param {string} type
 * @param {number} length of what follows
 */
function appleHeader(type, length) {
  const header = Buffer.alloc(8)
  header.write(type, 'latin1')
  header.writeUInt32BE(8 + length, 4)
  return header
}
