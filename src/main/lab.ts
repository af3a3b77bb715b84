import { app } from 'electron'
import type { Disturbance } from '../engine/files/json-file.ts'
import { LabService } from '../engine/lab/lab-service.ts'
import { type ArchiveHost, RunArchive } from '../engine/lab/run-archive.ts'
import type { EngineThread } from '../engine/thread/engine-thread.ts'
import type { InspectorEvent } from '../shared/contract/index.ts'
import type { LabState } from '../shared/lab/progress.ts'
import { forkLab } from './lab-child.ts'
import type { Notices, NoticeWords } from './notices.ts'
import { describeDisturbance, describeSetAside } from './unusable-files.ts'

const countOf = (runs: number): string => (runs === 1 ? '1 run' : `${runs} runs`)
const are = (runs: number): string => (runs === 1 ? 'is' : 'are')

/** What quitting now would lose, in a sentence without its full stop. */
export function lossOf({ runs: { unstored, unstoredReason } }: LabService): readonly string[] {
  return unstored === 0
    ? []
    : [`${countOf(unstored)} of the latency lab ${are(unstored)} not stored: ${unstoredReason}`]
}

/** Unlike other kept files, one that is replaced is used from then on: nobody can say whose runs are the newer ones. */
function describeDisturbedRuns(disturbance: Disturbance): NoticeWords {
  const { path, keptAs } = disturbance
  if (keptAs === null) return describeDisturbance('latency lab', disturbance)
  const text = `${path} was replaced while it was in use. The runs that were in it are in ${keptAs}; what is there now is in use.`
  return { level: 'warning', title: 'The latency lab file was replaced', text }
}

/** What a person is told about the file of the runs. */
function noticesAbout(path: string, notices: Notices): Omit<ArchiveHost, 'path' | 'listChanged'> {
  const told: { unstored: number | null; unreadable: number | null } = { unstored: null, unreadable: null }
  const tell = (what: keyof typeof told, words: NoticeWords) => {
    told[what] = notices.replace(told[what], words)
  }
  return {
    damaged({ setAside, reason, rescued }) {
      const saved = rescued === 0 ? '' : ` ${countOf(rescued)} could still be read and ${are(rescued)} in the new one.`
      const text = `${describeSetAside(path, setAside, reason)}${saved}`
      notices.add('warning', 'The file of the latency lab was damaged', text)
    },
    unstored(runs, reason) {
      if (reason === null) {
        tell('unstored', { level: 'solved', title: 'All runs of the latency lab are stored again', text: path })
        return
      }
      const title = `${countOf(runs)} of the latency lab ${are(runs)} not stored`
      const text = `${path}: ${reason}. Storing is tried again every 10 s. Export what you want to keep if you quit before.`
      tell('unstored', { level: 'error', title, text })
    },
    unreadable(reason) {
      if (reason === null) {
        tell('unreadable', { level: 'solved', title: 'The runs of the latency lab can be read again', text: path })
        return
      }
      const text = `${path} was not changed: ${reason}.`
      tell('unreadable', { level: 'error', title: 'Earlier runs of the latency lab cannot be read', text })
    },
    disturbed(disturbance) {
      const { level, title, text } = describeDisturbedRuns(disturbance)
      notices.add(level, title, text)
    },
  }
}

/** The lab of the desktop, which keeps its runs in the file at `path`. */
export function createLab(
  path: string,
  notices: Notices,
  engine: EngineThread,
  emit: (event: InspectorEvent) => void,
): LabService {
  const archive = new RunArchive({
    path,
    ...noticesAbout(path, notices),
    listChanged: () => service.listChanged(),
  })
  const service = new LabService(
    {
      fork: forkLab,
      versions: { 'ZeroMQ Inspector': app.getVersion() },
      changed: (state: LabState) => emit({ type: 'lab.changed', state }),
      async expectRun(settings, name) {
        const run = await engine.call('run.expect', { settings, name })
        return run && { routingIdPrefix: run.routingIdPrefix, end: () => engine.call('run.end', { id: run.id }) }
      },
    },
    archive,
  )
  archive.checkPlace()
  return service
}
