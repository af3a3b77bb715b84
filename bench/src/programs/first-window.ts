// first-window PROJECT-FOLDER DATA-FOLDER: time to the first usable window. An input line is `inspector` or `blank`;
// the answer is the milliseconds since the start of the process. Each keeps its user data, as on a person's machine.
import { join } from 'node:path'
import { monotonicNanoseconds } from '../../../src/engine/clock.ts'
import { answerLines, argument } from '../support/answering.ts'
import { type Application, applicationFolder, runElectron } from '../support/electron.ts'

const projectFolder = argument(0)
const dataFolder = argument(1)
const reporter = join(projectFolder, 'bench', 'fixtures', 'report-ready.cjs')

async function start(application: Application): Promise<{ ms: number }> {
  const args = [`--user-data-dir=${join(dataFolder, application)}`, '-r', reporter]
  let output = ''
  let ms: number | undefined
  const start = monotonicNanoseconds()
  await runElectron([...args, applicationFolder(application, projectFolder)], (child) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (/^ready$/m.test(output)) ms ??= (monotonicNanoseconds() - start) / 1e6
    })
  })
  if (ms === undefined) throw new Error(`${application} showed no usable window: ${output}`)
  return { ms }
}

await answerLines((line) => start(line === 'inspector' ? 'inspector' : 'blank'))
