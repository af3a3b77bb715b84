import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { RunArchive } from '../../src/engine/lab/run-archive.ts'

/** The runs in a folder until the test ends, and all that a person would be told. */
export function archiveIn(folder: string) {
  const told: string[] = []
  const archive = new RunArchive({
    path: join(folder, 'lab.sqlite'),
    damaged: ({ setAside, rescued }) => told.push(`damaged ${setAside} (${rescued} rescued)`),
    unstored: (count, reason) => told.push(`${count} unstored: ${reason}`),
    unreadable: (reason) => told.push(`unreadable: ${reason}`),
    disturbed: ({ keptAs }) => told.push(keptAs === null ? 'removed' : `replaced ${keptAs}`),
    listChanged: () => told.push('list changed'),
  })
  onTestFinished(() => archive.close())
  return { archive, told }
}
