import type { Comparison } from '../shared/lab/compare.ts'
import {
  type ComparedStep,
  compareRuns,
  comparisonInWords,
  distrustInWords,
  driftNote,
} from '../shared/lab/compare-runs.ts'
import type { LabRun } from '../shared/lab/result.ts'
import { Given } from './given.tsx'
import type { FindingsOf } from './remarks.tsx'
import { momentOf } from './report-rows.ts'

interface PairProps {
  readonly baseline: LabRun
  readonly run: LabRun
}

interface RowProps {
  readonly comparison: Comparison
  readonly step: ComparedStep
}

function Row({ comparison, step }: RowProps) {
  const { baseline, value, difference, low, high, verdict } = comparisonInWords(comparison, step)
  return (
    <tr>
      <th scope="row" className="name">
        {comparison.figure}
      </th>
      <td>{baseline}</td>
      <td>{value}</td>
      <td>{difference}</td>
      <td>
        {low} to {high}
      </td>
      <td>{verdict}</td>
    </tr>
  )
}

/** A run by name and time: several runs often have the same name. */
function NameAndTime({ run }: { readonly run: LabRun }) {
  return (
    <>
      <Given text={run.name} short />, <span className="whole">{momentOf(run.startedAt)}</span>
    </>
  )
}

function StepTable({ step, baseline, run }: PairProps & { readonly step: ComparedStep }) {
  const { at, comparisons } = step
  const distrust = distrustInWords(baseline, step)
  if (comparisons === null) {
    return (
      <p className="quiet">
        {at === null ? '' : `${at}: `}
        <NameAndTime run={run} />: one of the two runs is too short to compare.
      </p>
    )
  }
  return (
    <div className="scroll">
      <table>
        {at === null ? null : <caption>{at}</caption>}
        <thead>
          <tr>
            <th scope="col" className="name">
              Figure
            </th>
            <th scope="col">
              Baseline: <NameAndTime run={baseline} />
            </th>
            <th scope="col">
              <NameAndTime run={run} />
            </th>
            <th scope="col">Difference</th>
            <th scope="col">95 % interval</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          {comparisons.map((comparison) => (
            <Row key={comparison.figure} comparison={comparison} step={step} />
          ))}
        </tbody>
      </table>
      {distrust === null ? null : <p>{distrust}</p>}
    </div>
  )
}

function Pair({ baseline, run, findingsOf }: PairProps & { readonly findingsOf: FindingsOf }) {
  const { steps, otherLoad, cautions, refused } = compareRuns(baseline, run, (step) =>
    findingsOf(step).some(({ level }) => level === 'distrust'),
  )
  if (refused !== null) {
    return (
      <p className="quiet">
        <NameAndTime run={run} />: {refused}
      </p>
    )
  }
  if (steps.length === 0) {
    return (
      <p className="quiet">
        <NameAndTime run={run} /> has no step in common with the baseline, <NameAndTime run={baseline} />.
      </p>
    )
  }
  return (
    <>
      {cautions.map((caution) => (
        <p key={caution} className="quiet">
          {caution}
        </p>
      ))}
      {otherLoad ? <p className="quiet">Load or message differs: this compares both changes at once.</p> : null}
      {steps.map((step) => (
        <StepTable key={step.at} step={step} baseline={baseline} run={run} />
      ))}
    </>
  )
}

interface DifferencesProps {
  readonly runs: readonly LabRun[]
  /** Index of the run that the others are compared with. */
  readonly baseline: number
  readonly findingsOf: FindingsOf
}

/** Compares the baseline with each of the other runs; nothing for a single run. */
export function Differences({ runs, baseline, findingsOf }: DifferencesProps) {
  const compared = runs[baseline]
  if (!compared || runs.length < 2) return null
  return (
    <>
      <h2>Differences</h2>
      {runs.map((run, index) =>
        index === baseline ? null : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a run is known by its place; names may be the same
          <Pair key={index} baseline={compared} run={run} findingsOf={findingsOf} />
        ),
      )}
      <p className="quiet">{driftNote}</p>
    </>
  )
}
