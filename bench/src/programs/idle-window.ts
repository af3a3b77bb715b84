// idle-window PROJECT-FOLDER DATA-FOLDER: memory and activity of an idle window. An input line is `inspector` or
// `blank`; the answer is JSON: bytes of memory, percent of a core, and wake-ups per second, of all processes together.
import { join } from 'node:path'
import { answerLines, argument } from '../support/answering.ts'
import { type Application, applicationFolder, runElectron } from '../support/electron.ts'

const projectFolder = argument(0)
const dataFolder = argument(1)
const reporter = join(projectFolder, 'bench', 'fixtures', 'report-idle.cjs')

async function watch(application: Application): Promise<unknown> {
  const args = [`--user-data-dir=${join(dataFolder, application)}`, '-r', reporter]
  let output = ''
  await runElectron([...args, applicationFolder(application, projectFolder)], (child) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  })
  const report = /^idle (.+)$/m.exec(output)?.[1]
  if (report === undefined) throw new Error(`${application} said nothing of itself: ${output}`)
  return JSON.parse(report)
}

await answerLines((line) => watch(line === 'inspector' ? 'inspector' : 'blank'))
