import { z } from 'zod'
import type { Bench } from '../bench.ts'
import { startWithElectron } from '../support/peers.ts'
import type { Row } from '../support/report.ts'
import { spreadOf } from '../support/statistics.ts'

const answerSchema = z.record(z.string(), z.number())

/** The bounds tell a window that freezes or a server that starves, which miss them many times over. */
const figures: readonly { work: string; key: string; row: Omit<Row, 'spread'> }[] = [
  {
    work: 'flood',
    key: 'longestGapMs',
    row: { what: 'flood to the echo server: longest gap between frames', unit: 'ms', bound: { atMost: 1000 } },
  },
  {
    work: 'flood',
    key: 'perSecond',
    row: { what: 'flood to the echo server: messages echoed', unit: 'perSecond', bound: { atLeast: 2000 } },
  },
  {
    work: 'large',
    key: 'tabsMs',
    row: { what: 'a reply of 64 MiB: two tabs opened', unit: 'ms', bound: { atMost: 2000 } },
  },
  {
    work: 'quit',
    key: 'quitMs',
    row: { what: 'quitting with a request in flight', unit: 'ms', bound: { atMost: 4000 } },
  },
  {
    work: 'preview',
    key: 'previewMs',
    row: { what: 'one line of a frame of 64 MiB', unit: 'ms', bound: { atMost: 1000 } },
  },
]

export const heldUp: Bench = {
  name: 'held-up',
  about: 'how long heavy work holds up the window and the end of the process',
  needs: ['application'],
  async run(setting) {
    const program = startWithElectron(setting, 'held-up', [setting.projectFolder, setting.temporaryFolder])
    const answers = new Map<string, z.infer<typeof answerSchema>[]>()
    for (let round = 0; round < (setting.quick ? 1 : 3); round += 1) {
      for (const work of new Set(figures.map((figure) => figure.work))) {
        const answer = answerSchema.parse(JSON.parse(await program.ask(work)))
        answers.set(work, [...(answers.get(work) ?? []), answer])
      }
    }
    const rows = figures.map(({ work, key, row }) => ({
      ...row,
      spread: spreadOf((answers.get(work) ?? []).map((answer) => answer[key] ?? Number.NaN)),
    }))
    return { rows, notes: [] }
  },
}
