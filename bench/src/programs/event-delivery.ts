// event-delivery PROJECT-FOLDER DATA-FOLDER: whether all events reach a window, and how fast. An input line is
// `inspector N` or `blank N`, which sends N events to that window as fast as it accepts them, or `flood N`, which makes
// N exchanges per connection of the inspector and counts what its own event queue sends.
import { join } from 'node:path'
import { z } from 'zod'
import { answerLines, argument } from '../support/answering.ts'
import { CountingWindow } from '../support/counting-window.ts'
import { type Application, applicationFolder } from '../support/electron.ts'
import { burst } from '../support/event-burst.ts'
import { flood } from '../support/event-flood.ts'

const projectFolder = argument(0)
const dataFolder = argument(1)

const open = (application: Application) =>
  CountingWindow.open(application, {
    folder: applicationFolder(application, projectFolder),
    userData: join(dataFolder, `events-${application}`),
    preload: join(projectFolder, 'out', 'preload', 'index.cjs'),
    counter: join(projectFolder, 'bench', 'fixtures', 'count-events.js'),
  })

const windows = { inspector: await open('inspector'), blank: await open('blank') }
try {
  await answerLines((line) => {
    const [, what, times] = /^(inspector|blank|flood) (\d+)$/.exec(line) ?? []
    const count = z.coerce.number().int().min(1).parse(times)
    if (what === 'flood') return flood(windows.inspector, count)
    return burst(what === 'inspector' ? windows.inspector : windows.blank, count)
  })
} finally {
  await Promise.all([windows.inspector.close(), windows.blank.close()])
}
