import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { ExportForm } from '../../shared/contract/log.ts'
import { sentenceOf } from '../../shared/reason.ts'
import type { ExportedLog, ReadingProgress } from '../../shared/transcript/exported.ts'
import type { LogFilter } from '../../shared/transcript/query.ts'
import { call } from '../api.ts'
import { report } from '../report.ts'

/** What has become of an export. */
interface Outcome {
  /** The view that it was asked for in. */
  readonly view: string
  readonly words: string
  readonly isProblem: boolean
}

interface LogExport {
  readonly isUnderWay: boolean
  /** How far it has come; null while none is under way, or the person chooses where to save. */
  readonly progress: ReadingProgress | null
  readonly outcome: Outcome | null
}

const exportStore = createStore<LogExport>()(() => ({ isUnderWay: false, progress: null, outcome: null }))

/** The export under way, and what has become of the last one, if it was asked for in a view. */
export function useLogExport(view: string): Pick<LogExport, 'progress' | 'outcome'> & {
  readonly onCancel: () => void
  readonly onDismiss: () => void
} {
  const { progress, outcome } = useStore(exportStore, (state) => state)
  return { progress, outcome: outcome?.view === view ? outcome : null, onCancel, onDismiss: dismissExportOutcome }
}

const dismissExportOutcome = (): void => exportStore.setState({ outcome: null })

const onCancel = (): void => void call('log.cancelExport').catch(report)

const progressEveryMs = 200

interface Asked {
  readonly view: string
  readonly filter: LogFilter
  readonly as: ExportForm
  readonly describe: (exported: ExportedLog & { readonly path: string | null }) => string
}

/** Saves what a filter shows, where the person chooses. Does nothing while another export is under way. */
export async function exportLog({ view, filter, as, describe }: Asked): Promise<void> {
  if (exportStore.getState().isUnderWay) return
  exportStore.setState({ isUnderWay: true, outcome: null })
  const ask = async () => {
    const progress = await call('log.exportProgress')
    if (timer !== undefined) exportStore.setState({ progress })
  }
  let timer: ReturnType<typeof setInterval> | undefined = setInterval(() => ask().catch(report), progressEveryMs)
  let outcome: Outcome | null = null
  try {
    const words = describe(await call('log.export', { filter, as }))
    if (words !== '') outcome = { view, words, isProblem: false }
  } catch (thrown) {
    outcome = { view, words: sentenceOf(thrown), isProblem: true }
  } finally {
    clearInterval(timer)
    timer = undefined
    exportStore.setState({ isUnderWay: false, progress: null, outcome })
  }
}
