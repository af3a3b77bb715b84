import { replaceFile } from '../../../src/engine/files/replace-file.ts'

/** Ends as the application does, in the middle of a file. */
const [path = ''] = process.argv.slice(2)
async function* endless() {
  yield 'a part that is written'.repeat(100_000)
  setImmediate(() => process.exit(3))
  for (;;) {
    await new Promise<void>((resolve) => setImmediate(resolve))
    yield 'more'.repeat(100_000)
  }
}
await replaceFile(path, endless())
