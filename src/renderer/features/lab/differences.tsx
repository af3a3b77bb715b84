import { useMemo } from 'react'
import { visibleText } from '../../../report/plots/plot-text.ts'
import type { Comparison } from '../../../shared/lab/compare.ts'
import {
  type ComparedStep,
  compareRuns,
  comparisonInWords,
  distrustInWords,
  driftNote,
} from '../../../shared/lab/compare-runs.ts'
import type { LabRun } from '../../../shared/lab/result.ts'
import { baselineOf, type ListedRun, whenMade } from '../../../shared/lab/run-order.ts'
import { useLab } from '../../state/lab-store.ts'
import classes from './lab.module.css'

interface RowProps {
  readonly comparison: Comparison
  readonly step: ComparedStep
}

function Row({ comparison, step }: RowProps) {
  const { baseline, value, difference, low, high, verdict } = comparisonInWords(comparison, step)
  return (
    <tr>
      <th scope="row">{comparison.figure}</th>
      <td className={classes.whole}>{baseline}</td>
      <td className={classes.whole}>{value}</td>
      <td className={classes.whole}>{difference}</td>
      <td>
        <span className={classes.whole}>{low} to</span> <span className={classes.whole}>{high}</span>
      </td>
      <td className={classes.verdict} data-verdict={step.distrusted.length > 0 ? 'distrusted' : comparison.verdict}>
        {verdict}
      </td>
    </tr>
  )
}

/** The head of a run's column; its time stays visible however long its name is. */
function RunHead({ run, isBaseline = false }: { readonly run: LabRun; readonly isBaseline?: boolean }) {
  const [day, ...clock] = whenMade(run).split(' ')
  return (
    <th scope="col" title={run.name}>
      <span className={classes.runHeadName}>
        {isBaseline ? 'Baseline: ' : ''}
        <bdi>{visibleText(run.name)}</bdi>
      </span>
      <span className="visually-hidden">, </span>
      <span className={classes.whole}>{day}</span> <span className={classes.whole}>{clock}</span>
    </th>
  )
}

interface PairProps {
  readonly baseline: LabRun
  readonly run: LabRun
}

function StepTable({ step, baseline, run }: PairProps & { readonly step: ComparedStep }) {
  const { at, comparisons } = step
  const distrust = distrustInWords(baseline, step)
  if (comparisons === null) {
    return <p className={classes.note}>{at === null ? '' : `${at}: `}One of these runs is too short to compare.</p>
  }
  return (
    <>
      <table
        className={`${classes.table} ${classes.differenceTable}`}
        aria-label={`Differences of ${run.name}${at === null ? '' : ` at ${at}`}`}
      >
        {at === null ? null : <caption>{at}</caption>}
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <RunHead run={baseline} isBaseline />
            <RunHead run={run} />
            <th scope="col">Difference</th>
            <th scope="col">95 % interval</th>
            <th scope="col" className={classes.verdict}>
              Verdict
            </th>
          </tr>
        </thead>
        <tbody>
          {comparisons.map((comparison) => (
            <Row key={comparison.figure} comparison={comparison} step={step} />
          ))}
        </tbody>
      </table>
      {distrust === null ? null : <p className={classes.note}>{distrust}</p>}
    </>
  )
}

function Pair({ baseline, run }: PairProps) {
  const { steps, otherLoad, cautions, refused } = useMemo(() => compareRuns(baseline, run), [baseline, run])
  if (refused !== null) {
    return (
      <p className={classes.note}>
        “<bdi>{visibleText(run.name)}</bdi>”: {refused}
      </p>
    )
  }
  if (steps.length === 0) {
    return (
      <p className={classes.note}>
        “<bdi>{visibleText(run.name)}</bdi>” and the baseline, “<bdi>{visibleText(baseline.name)}</bdi>”, have no step
        in common.
      </p>
    )
  }
  return (
    <>
      {cautions.map((caution) => (
        <p key={caution} className={classes.note}>
          {caution}
        </p>
      ))}
      {otherLoad ? <p className={classes.note}>Load or message differs: this compares both changes at once.</p> : null}
      {steps.map((step) => (
        <StepTable key={step.at} step={step} baseline={baseline} run={run} />
      ))}
    </>
  )
}

/** Compares the baseline with each of the other shown runs. */
export function Differences({ shown }: { readonly shown: readonly ListedRun[] }) {
  const chosen = useLab((lab) => lab.baseline)
  const baseline = baselineOf(shown, chosen)
  const others = shown.filter((each) => each !== baseline)
  if (!baseline || others.length === 0) return null
  return (
    <section aria-label="Differences" className={classes.differences}>
      {others.map(({ id, run }) => (
        <Pair key={id} baseline={baseline.run} run={run} />
      ))}
      <p className={classes.note}>{driftNote}</p>
    </section>
  )
}
