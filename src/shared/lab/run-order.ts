import { formatClock, formatDay } from '../format.ts'
import type { LabRun } from './result.ts'
import { aspectsOf, namesByDifference } from './run-names.ts'

/** A run with its id in the list; see `RunRow`. */
export interface ListedRun {
  readonly id: number
  readonly run: LabRun
}

/**
 * The order in which runs were made, the oldest first. Of the same moment, the run that was saved first comes first,
 * and a run that could not be saved (its id is negative, and falls) comes after the saved ones.
 */
export function inOrder<Run extends ListedRun>(runs: readonly Run[]): readonly Run[] {
  return runs.toSorted(
    (one, other) =>
      one.run.startedAt - other.run.startedAt ||
      Number(one.id < 0) - Number(other.id < 0) ||
      Math.abs(one.id) - Math.abs(other.id),
  )
}

/** The run that the others are compared with: the chosen one while it is among them, otherwise the oldest. */
export function baselineOf<Run extends ListedRun>(runs: readonly Run[], chosen: number | null): Run | undefined {
  return runs.find(({ id }) => id === chosen) ?? inOrder(runs)[0]
}

/** When a run was made, in local time: `2024-02-29 09:05:03`; a dash for an invalid number. */
export function whenMade({ startedAt }: Pick<LabRun, 'startedAt'>): string {
  if (Number.isNaN(new Date(startedAt).getTime())) return '–'
  return `${formatDay(startedAt)} ${formatClock(startedAt).slice(0, 8)}`
}

/** A run among others, which may have the same name: `Closed loop, 2024-02-29 09:05:03`. */
export const nameAndTime = (run: Pick<LabRun, 'name' | 'startedAt'>): string => `${run.name}, ${whenMade(run)}`

/**
 * Names that tell runs apart where there is little room: what differs between them. Those that share such a name begin
 * with their times, since the end of a long name may be cut off. `when` gives a day and a time; the day is left out where
 * it is the same for all.
 */
export function distinctNames(runs: readonly LabRun[], when: (run: LabRun) => string): readonly string[] {
  const days = new Set(runs.map((run) => when(run).split(' ')[0]))
  const names = namesByDifference(runs.map((run) => ({ name: run.name, aspects: aspectsOf(run) })))
  return runs.map((run, index) => {
    const name = names[index] ?? run.name
    if (!names.some((other, place) => place !== index && other === name)) return name
    const [day = '', time = ''] = when(run).split(' ')
    return [days.size > 1 ? day : '', time, name].filter((part) => part !== '').join(' ')
  })
}
