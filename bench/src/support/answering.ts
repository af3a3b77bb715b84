import { once } from 'node:events'
import { createInterface } from 'node:readline'

/**
 * The other side of `Program`: answers each line of standard input with one line, until the input ends. So the program
 * ends with its parent, however that ends.
 */
export async function answerLines(answer: (line: string) => Promise<unknown>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (!process.stdout.write(`${JSON.stringify(await answer(line))}\n`)) await once(process.stdout, 'drain')
  }
}

/** For programs that answer nothing. */
export async function untilInputEnds(): Promise<void> {
  for await (const _line of createInterface({ input: process.stdin }));
}

/** A positional argument of this program. */
export function argument(index: number): string {
  const value = process.argv[index + 2]
  if (value === undefined) throw new Error(`argument ${index + 1} is missing`)
  return value
}
