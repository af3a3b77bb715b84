import { useMemo } from 'react'
import { visibleText } from '../../../report/plots/plot-text.ts'
import { formatCount, formatDuration, formatRate } from '../../../shared/format.ts'
import { type ComparedStep, compareRuns, comparisonInWords } from '../../../shared/lab/compare-runs.ts'
import { percentileOf } from '../../../shared/lab/distribution.ts'
import { labPercentiles, percentileFigure } from '../../../shared/lab/figures.ts'
import { kindOf, kindWords, labKinds } from '../../../shared/lab/kind.ts'
import { type LabRun, type StepResult, sentRateOf, throughputOf } from '../../../shared/lab/result.ts'
import { baselineOf, type ListedRun, nameAndTime } from '../../../shared/lab/run-order.ts'
import { bytesPerSecond } from '../../../shared/lab/step-figures.ts'
import { stepInWords } from '../../../shared/lab/words.ts'
import { useLab } from '../../state/lab-store.ts'
import { type ChosenStep, chosenSteps } from './chosen-steps.ts'
import classes from './key-figures.module.css'

/** A change against the baseline. */
interface Change {
  readonly words: string
  /** What the words leave out. */
  readonly hint: string
  readonly verdict: 'faster' | 'slower' | 'none'
}

interface KeyFigure {
  readonly name: string
  readonly value: string
  readonly change: Change | null
  /** Rates are the longest. */
  readonly isWide?: boolean
}

/** p99.99 needs so many replies that most runs have none. */
const percentiles = labPercentiles.filter(({ key }) => key !== 'p9999')

/** The change of a figure with an interval: what is not significant is said as that. */
function changeOf(compared: ComparedStep | null, figure: string): Change | null {
  const comparison = compared?.comparisons?.find((each) => each.figure === figure)
  if (!compared || !comparison) return null
  const { difference } = comparisonInWords(comparison, compared)
  if (compared.distrusted.length > 0) return { words: difference, hint: 'Unreliable: see below', verdict: 'none' }
  return comparison.verdict === 'no difference'
    ? { words: '≈ same', hint: `${difference}, which is not significant`, verdict: 'none' }
    : { words: `${difference} ${comparison.verdict}`, hint: 'Significant', verdict: comparison.verdict }
}

/** The change of a figure that is one event or a count: no interval can be told. */
function plainChange(value: number | null, before: number | null, format: (value: number) => string): Change | null {
  if (value === null || before === null) return null
  const difference = value - before
  const words = difference === 0 ? 'same' : `${difference < 0 ? '−' : '+'}${format(Math.abs(difference))}`
  return { words, hint: 'Not tested for significance', verdict: 'none' }
}

/** Those of messages that nobody answers: how many came first, then how long it took. */
function streamFiguresOf(step: StepResult, compared: ComparedStep | null): readonly KeyFigure[] {
  const plain = (name: string, value: string): KeyFigure => ({ name, value, change: null })
  const duration = (name: string, figure: string, nanoseconds: number | null): KeyFigure => ({
    name,
    value: nanoseconds === null ? '–' : formatDuration(nanoseconds),
    change: changeOf(compared, figure),
  })
  const { counts, flood, oneWay, latency } = step
  const throughput: KeyFigure = {
    name: flood ? 'accepted' : 'rate',
    value: formatRate(throughputOf(step)),
    change: changeOf(compared, 'throughput'),
    isWide: true,
  }
  if (flood) {
    return [
      plain('sent', formatRate(sentRateOf(step))),
      throughput,
      plain('bytes', bytesPerSecond(step)),
      duration('write p50', 'p50', percentileOf(latency, 50)),
      duration('write p99', 'p99', percentileOf(latency, 99)),
      plain('failures', formatCount(counts.failed + counts.timedOut)),
    ]
  }
  return [
    duration('p50', 'p50', percentileOf(latency, 50)),
    duration('p99', 'p99', percentileOf(latency, 99)),
    duration('max', 'max', latency.maxNs),
    throughput,
    plain('lost', formatCount(oneWay?.lost ?? 0)),
    plain('reordered', formatCount(oneWay?.reordered ?? 0)),
    plain('repeated', formatCount(oneWay?.repeated ?? 0)),
  ]
}

function figuresOf(
  { step }: ChosenStep,
  baseline: ChosenStep | null,
  compared: ComparedStep | null,
): readonly KeyFigure[] {
  if (kindOf(step.load) !== 'round-trips') return streamFiguresOf(step, compared)
  const before = baseline?.step ?? null
  return [
    ...percentiles.map((percentile): KeyFigure => {
      const figure = percentileFigure(step.latency, percentile)
      const value = figure === null || !('ns' in figure) ? '–' : formatDuration(figure.ns)
      return { name: percentile.name, value, change: changeOf(compared, percentile.name) }
    }),
    {
      name: 'max',
      value: step.latency.maxNs === null ? '–' : formatDuration(step.latency.maxNs),
      change: before && plainChange(step.latency.maxNs, before.latency.maxNs, formatDuration),
    },
    { name: 'rate', value: formatRate(throughputOf(step)), change: changeOf(compared, 'throughput'), isWide: true },
    {
      name: 'timeouts',
      value: formatCount(step.counts.timedOut),
      change: before && plainChange(step.counts.timedOut, before.counts.timedOut, formatCount),
    },
  ]
}

/** How a run compares with the baseline at the step that is shown. */
const comparedAt = (baseline: LabRun, { run, step }: ChosenStep): ComparedStep | null => {
  const at = stepInWords(run.settings, step.at)
  return compareRuns(baseline, run).steps.find((each) => each.at === at) ?? null
}

interface RowProps {
  readonly chosen: ChosenStep
  /** The step of the baseline; null where it has none such. */
  readonly baseline: ChosenStep | null
  readonly isBaseline: boolean
  /** Whether there are others. */
  readonly named: boolean
}

function Row({ chosen, baseline, isBaseline, named }: RowProps) {
  const other = isBaseline ? null : baseline
  const figures = useMemo(() => figuresOf(chosen, other, other && comparedAt(other.run, chosen)), [chosen, other])
  return (
    <tbody>
      {named ? (
        <tr>
          <th scope="rowgroup" colSpan={figures.length} title={nameAndTime(chosen.run)}>
            <bdi>{visibleText(chosen.name)}</bdi>
            {isBaseline ? <span className={classes.aside}> baseline</span> : null}
            {other === null && !isBaseline ? (
              <span className={classes.aside}> the baseline has no such step</span>
            ) : null}
          </th>
        </tr>
      ) : null}
      <tr>
        {figures.map(({ name, value, change }) => (
          <td key={name}>
            <span className={classes.value}>{value}</span>
            {change ? (
              <span className={classes.change} data-verdict={change.verdict} title={change.hint}>
                {change.words}
              </span>
            ) : null}
          </td>
        ))}
      </tr>
    </tbody>
  )
}

/** The figures that are asked for first, of the step that is shown, and how they differ from the baseline's. */
export function KeyFigures({ shown }: { readonly shown: readonly ListedRun[] }) {
  const at = useLab((lab) => lab.step)
  const chosenBaseline = useLab((lab) => lab.baseline)
  const steps = useMemo(() => chosenSteps(shown, at), [shown, at])
  const kinds = labKinds.filter((kind) => steps.some(({ step }) => kindOf(step.load) === kind))
  const baselineId = baselineOf(shown, chosenBaseline)?.id
  const baseline = steps.find(({ id }) => id === baselineId) ?? null
  if (steps.length === 0) return null
  const named = steps.length > 1
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reachable by keyboard
    <section className={classes.place} aria-label="Figures first" tabIndex={0}>
      {kinds.map((kind) => {
        const ofKind = steps.filter(({ step }) => kindOf(step.load) === kind)
        const [first] = ofKind
        if (!first) return null
        const label = kinds.length > 1 ? `Key figures: ${kindWords[kind].label}` : 'Key figures'
        return (
          <table
            key={kind}
            className={classes.table}
            aria-label={label}
            data-kind={kind}
            data-alone={!named || undefined}
          >
            <thead>
              <tr>
                {figuresOf(first, null, null).map(({ name, isWide }) => (
                  <th key={name} scope="col" data-wide={isWide || undefined}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            {ofKind.map((chosen) => (
              <Row
                key={chosen.id}
                chosen={chosen}
                baseline={named ? baseline : null}
                isBaseline={chosen.id === baselineId}
                named={named}
              />
            ))}
          </table>
        )
      })}
    </section>
  )
}
