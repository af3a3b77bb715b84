import { expect, test } from 'vitest'
import { fuzzOnce } from '../../../support/zmtp-fuzz.ts'

/** `npm run fuzz` gives it a minute or as long as it is told to. */
const seconds = Number(process.env.FUZZ_SECONDS ?? 1)

test(
  'no bytes break the reader, or are read in another way when they come in pieces',
  () => {
    const until = performance.now() + seconds * 1000
    // Another one each time, and told with whatever fails.
    const first = Math.floor(Math.random() * 2 ** 31)
    let count = 0
    while (performance.now() < until) {
      for (let index = 0; index < 100; index += 1) fuzzOnce((first + count + index) | 0)
      count += 100
    }
    expect(count).toBeGreaterThan(1000)
    if (seconds > 1) process.stdout.write(`${count} inputs, from seed ${first}\n`)
  },
  (seconds + 30) * 1000,
)
