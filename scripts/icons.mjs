// npm run icons: renders build/icon.svg and build/icon-small.svg to every size and container that packages need.
import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Resvg } from '@resvg/resvg-js'
import { projectFolder } from './lib/paths.mjs'
import { runMain, sayOnStdout } from './lib/say.mjs'
import { packIcns, packIco } from './package/icon-containers.mjs'
import { iconSizes } from './package/product.mjs'

const buildFolder = join(projectFolder, 'build')

/** Up to this size the drawing for small sizes is used. */
const LARGEST_SMALL = 24
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 128, 256]

/**
 * Renders a drawing.
 * @param {string} drawing
 * @param {number} size
 * @returns {import('./package/icon-containers.mjs').Picture}
 */
function render(drawing, size) {
  const image = new Resvg(drawing, { fitTo: { mode: 'width', value: size } }).render()
  return { size, png: image.asPng(), pixels: withoutAlphaInColors(image.pixels) }
}

/**
 * The renderer multiplies colours by their alpha; icons have them as they are.
 * @param {Buffer} pixels
 */
function withoutAlphaInColors(pixels) {
  return pixels.map((value, index) => {
    const alpha = pixels[index | 3] ?? 0
    return index % 4 === 3 || alpha === 0 ? value : Math.min(255, Math.round((value * 255) / alpha))
  })
}

/** @returns {Promise<Map<string, Buffer>>} the files by their paths in the build folder */
export async function renderIcons() {
  const large = await readFile(join(buildFolder, 'icon.svg'), 'utf8')
  const small = await readFile(join(buildFolder, 'icon-small.svg'), 'utf8')
  // Icons of macOS leave a tenth free on each side.
  const apple = large.replace('viewBox="0 0 512 512"', 'viewBox="-62 -62 636 636"')
  /** @type {(size: number) => import('./package/icon-containers.mjs').Picture} */
  const picture = (size) => render(size <= LARGEST_SMALL ? small : large, size)
  return new Map([
    ...iconSizes.map((size) => /** @type {const} */ ([join('icons', `${size}x${size}.png`), picture(size).png])),
    ['icon.ico', packIco(WINDOWS_SIZES.map(picture))],
    ['icon.icns', packIcns((size) => render(apple, size).png)],
  ])
}

if (process.argv[1] && (await realpath(process.argv[1])) === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    const files = await renderIcons()
    for (const [path, content] of files) {
      await mkdir(dirname(join(buildFolder, path)), { recursive: true })
      await writeFile(join(buildFolder, path), content)
    }
    sayOnStdout(`Rendered ${files.size} files into build/.`)
    return 0
  })
}
