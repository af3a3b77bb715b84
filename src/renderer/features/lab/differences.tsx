import { useMemo } from 'react'
import { formatDuration, formatRate } from '../../../shared/format.ts'
import { type Comparison, compareSteps, matchSteps } from '../../../shared/lab/compare.ts'
import type { LabRun } from '../../../shared/lab/result.ts'
import { stepInWords } from '../../../shared/lab/words.ts'
import type { ShownRun } from '../../state/lab-store.ts'
import classes from './lab.module.css'

const signed = (value: number, format: (value: number) => string): string =>
  `${value < 0 ? '−' : '+'}${format(Math.abs(value))}`

const words: Record<Comparison['verdict'], string> = {
  faster: 'faster',
  slower: 'slower',
  'no difference': 'no significant difference',
}

function Row({ comparison }: { readonly comparison: Comparison }) {
  const { figure, unit, before, after, difference, low, high, verdict } = comparison
  const format = unit === 'rate' ? formatRate : formatDuration
  return (
    <tr>
      <th scope="row">{figure}</th>
      <td>{format(before)}</td>
      <td>{format(after)}</td>
      <td>{signed(difference, format)}</td>
      <td>
        {signed(low, format)} to {signed(high, format)}
      </td>
      <td className={classes.verdict} data-verdict={verdict}>
        {words[verdict]}
      </td>
    </tr>
  )
}

/** What two runs must share for a difference to be due to the server. */
const loadOf = ({ settings: { load, sweep }, message }: LabRun) => [load, sweep, message.frames]

interface PairProps {
  readonly before: LabRun
  readonly after: LabRun
}

function Pair({ before, after }: PairProps) {
  // The bootstrap takes some hundred milliseconds, so run it once per pair.
  const parts = useMemo(
    () =>
      matchSteps(before.steps, after.steps).map(([one, other]) => ({
        at: stepInWords(after.settings, other.at),
        comparisons: compareSteps(one, other),
      })),
    [before, after],
  )
  const otherLoad = JSON.stringify(loadOf(before)) !== JSON.stringify(loadOf(after))
  if (parts.length === 0) {
    return (
      <p className={classes.note}>
        “{after.name}” and “{before.name}” have no step in common.
      </p>
    )
  }
  const tables = parts.map(({ at, comparisons }) =>
    comparisons === null ? (
      <p key={at} className={classes.note}>
        {at === null ? '' : `${at}: `}One of these runs is too short to compare.
      </p>
    ) : (
      <table
        key={at}
        className={classes.table}
        aria-label={`Differences of ${after.name}${at === null ? '' : ` at ${at}`}`}
      >
        <caption>
          {at === null ? '' : `${at}: `}“{after.name}” compared with “{before.name}”
        </caption>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col">Difference</th>
            <th scope="col">95 % interval</th>
            <th scope="col" className={classes.verdict}>
              Verdict
            </th>
          </tr>
        </thead>
        <tbody>
          {comparisons.map((comparison) => (
            <Row key={comparison.figure} comparison={comparison} />
          ))}
        </tbody>
      </table>
    ),
  )
  return (
    <>
      {otherLoad ? <p className={classes.note}>Load or message differs: this compares both changes at once.</p> : null}
      {tables}
    </>
  )
}

/** Compares the first shown run with each of the others. */
export function Differences({ shown }: { readonly shown: readonly ShownRun[] }) {
  const [first, ...others] = shown
  if (!first || others.length === 0) return null
  return (
    <section aria-label="Differences" className={classes.differences}>
      {others.map(({ id, run }) => (
        <Pair key={id} before={first.run} after={run} />
      ))}
      <p className={classes.note}>
        95 % bootstrap intervals over time blocks. Machines drift: repeat both runs before trusting a small difference.
      </p>
    </section>
  )
}
