import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'

const folder = join('out', 'renderer')
const bound = 400_000

test('the first bundle is small, one file, and contains nothing needed later', async () => {
  const html = await readFile(join(folder, 'index.html'), 'utf8')
  const files = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, file = '']) => file)
  expect(files.filter((file) => file.endsWith('.js'))).toHaveLength(1)
  const contents = await Promise.all(files.map((file) => readFile(join(folder, file))))
  const size = contents.reduce((total, content) => total + gzipSync(content, { level: 9 }).byteLength, 0)
  console.log(`The first bundle: ${(size / 1000).toFixed(0)} kB compressed, of at most ${bound / 1000}.`)
  expect(size).toBeLessThanOrEqual(bound)
  // Words of the lab, the plots, Protobuf's codec, an editor language and the input validation.
  const first = contents.join('\n')
  for (const later of ['Bootstrap', 'Recent round trips', 'JSON needs a message type', 'invalid_type']) {
    expect(first.includes(later), later).toBe(false)
  }
})
