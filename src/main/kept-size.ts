import type { Kept } from '../shared/contract/index.ts'

/** Characters that a script can hold without delaying the page: beyond, an answer to a call is faster. */
const mostInScript = 1_000_000

/** Whether the texts of a workspace are too long for the script with which the page begins. */
export function isLarge({ workspace }: Kept): boolean {
  const lengths = workspace.sockets.flatMap(({ frames }) => frames.map(({ text }) => text.length))
  return lengths.reduce((total, length) => total + length, 0) > mostInScript
}
