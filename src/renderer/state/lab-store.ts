import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type ErrorValue, toErrorValue } from '../../shared/errors.ts'
import type { CalibrationFigures } from '../../shared/lab/calibration.ts'
import { inOrder, type ListedRun } from '../../shared/lab/run-order.ts'
import type { RunRow } from '../../shared/lab/run-row.ts'
import { call } from '../api.ts'
import { showRecording } from './recording-store.ts'

/** Most runs that can be told apart in one plot. */
export const mostSelected = 6

/** The window's state of the lab. */
export interface Lab {
  /** Whether the lab is shown in place of the messages. */
  readonly open: boolean
  readonly rows: readonly RunRow[]
  /** Shown together, in the order in which they were made. */
  readonly shown: readonly ListedRun[]
  /** The shown run that somebody chose to compare the others with; null for the oldest. */
  readonly baseline: number | null
  /** The step that timeline and histogram show, from 0. */
  readonly step: number
  readonly calibration: CalibrationFigures | null
  /** An error about the runs, shown next to their list. */
  readonly error: ErrorValue | null
}

const closedLab: Lab = {
  open: false,
  rows: [],
  shown: [],
  baseline: null,
  step: 0,
  calibration: null,
  error: null,
}

export const labStore = createStore<Lab>()(() => closedLab)

export function useLab<Part>(select: (lab: Lab) => Part): Part {
  return useStore(labStore, select)
}

/** Opens or closes the lab; what else covers the messages gives way. */
export function openLab(open: boolean): void {
  showRecording(false)
  labStore.setState({ open })
}
export const showStep = (step: number): void => labStore.setState({ step })
export const chooseBaseline = (id: number): void => labStore.setState({ baseline: id })
export const dismissLabError = (): void => labStore.setState({ error: null })

/** Runs `work` on the runs and shows its failure next to their list. */
export async function withRuns(work: () => Promise<void>): Promise<void> {
  try {
    labStore.setState({ error: null })
    await work()
  } catch (thrown) {
    labStore.setState({ error: toErrorValue(thrown) })
  }
}

/** The state with other runs shown: the choices that were made among the former ones stay where they still apply. */
export function showing(
  { shown, baseline, step }: Lab,
  next: readonly ListedRun[],
): Pick<Lab, 'shown' | 'baseline' | 'step'> {
  const ordered = inOrder(next)
  return {
    shown: ordered,
    baseline: ordered.some(({ id }) => id === baseline) ? baseline : null,
    // The steps to choose from are those of the first run.
    step: ordered[0]?.id === shown[0]?.id ? step : 0,
  }
}

/** Reloads the list, and hides runs that are no longer in it. */
export async function readRows(): Promise<void> {
  const rows = await call('lab.list')
  labStore.setState((lab) => ({
    rows,
    ...showing(
      lab,
      lab.shown.flatMap(({ id, run }) => {
        const row = rows.find((each) => each.id === id)
        return row ? [{ id, run: { ...run, name: row.name } }] : []
      }),
    ),
  }))
}

/** Shows one run alone. */
export async function showRun(id: number): Promise<void> {
  const run = await call('lab.read', { id })
  labStore.setState({ shown: [{ id, run }], baseline: null, step: 0 })
}

/** Adds a run to those shown, or removes it. */
export async function toggleRun(id: number): Promise<void> {
  const { shown } = labStore.getState()
  if (shown.some((each) => each.id === id)) {
    labStore.setState((lab) =>
      showing(
        lab,
        lab.shown.filter((each) => each.id !== id),
      ),
    )
    return
  }
  const run = await call('lab.read', { id })
  labStore.setState((lab) => {
    // Another run may have been added while this one was read.
    const others = lab.shown.filter((each) => each.id !== id)
    return others.length < mostSelected ? showing(lab, [...others, { id, run }]) : {}
  })
}
