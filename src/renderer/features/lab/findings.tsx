import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import { Fragment } from 'react'
import { shortened, visibleText } from '../../../report/plots/plot-text.ts'
import { formatCount } from '../../../shared/format.ts'
import { type Finding, findingsOf } from '../../../shared/lab/findings.ts'
import { aboutWhom, runFindings } from '../../../shared/lab/run-findings.ts'
import { distinctNames, type ListedRun, whenMade } from '../../../shared/lab/run-order.ts'
import { stepInWords } from '../../../shared/lab/words.ts'
import classes from './lab.module.css'

interface Place {
  /** Of the run; null for the only one. */
  readonly name: string | null
  /** A step of a sweep, or a worker; null for neither. */
  readonly step: string | null
}

interface Remark extends Pick<Finding, 'level' | 'what' | 'advice'> {
  /** The runs and steps it applies to; empty when there is only one. */
  readonly where: readonly Place[]
  readonly isOfRun?: boolean
}

const mostNamed = 4
/** Room for a name on its line, in pixels: more than in a plot. */
const mostForName = 420

/** First what is not to be trusted, then what is of the whole run. */
const rankOf = ({ level, isOfRun }: Remark): number => (level === 'distrust' ? 0 : isOfRun ? 1 : 2)

/** Findings and errors, the same ones of several steps merged, with the figures of the first. */
function remarksOn(shown: readonly ListedRun[]): ReadonlyMap<string, Remark> {
  const remarks = new Map<string, Remark>()
  const names = distinctNames(
    shown.map(({ run }) => run),
    whenMade,
  )
  for (const [index, { run }] of shown.entries()) {
    for (const step of run.steps) {
      const name = shown.length > 1 ? (names[index] ?? run.name) : null
      const place = { name, step: stepInWords(run.settings, step.at) }
      const here = place.name === null && place.step === null ? [] : [place]
      for (const finding of findingsOf(step)) {
        const known = remarks.get(finding.kind)
        remarks.set(finding.kind, known ? { ...known, where: [...known.where, ...here] } : { ...finding, where: here })
      }
      for (const { message, count } of step.errors) {
        const known = remarks.get(message)
        const error = { level: 'note', what: `${formatCount(count)} × ${message}`, advice: '', where: here } as const
        remarks.set(message, known ? { ...known, where: [...known.where, ...here] } : error)
      }
    }
    for (const finding of runFindings(run)) {
      const name = shown.length > 1 ? (names[index] ?? run.name) : null
      const who = { name, step: aboutWhom(finding) }
      const where = who.name === null && who.step === null ? [] : [who]
      remarks.set(`${index} ${finding.key}`, { ...finding, where, isOfRun: true })
    }
  }
  return new Map([...remarks].sort(([, one], [, other]) => rankOf(one) - rankOf(other)))
}

/** The name is isolated and shortened: it may be long, and may read from right to left. */
function PlaceName({ name, step }: Place) {
  return (
    <>
      {name === null ? null : <bdi>{shortened(visibleText(name), mostForName)}</bdi>}
      {name !== null && step ? ', ' : ''}
      {step === null ? null : <bdi>{shortened(visibleText(step), mostForName)}</bdi>}
    </>
  )
}

function Places({ where }: { readonly where: readonly Place[] }) {
  if (where.length === 0) return null
  return (
    <>
      {where.slice(0, mostNamed).map((place, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places have no identity but their order
        <Fragment key={index}>
          {index > 0 ? '; ' : ''}
          <PlaceName {...place} />
        </Fragment>
      ))}
      {where.length > mostNamed ? ` and ${where.length - mostNamed} more` : ''}
      {': '}
    </>
  )
}

function Reliable() {
  return (
    <p className={classes.reliable}>
      <IconCircleCheck size={16} aria-hidden />
      <span>
        <strong>Reliable.</strong> Nothing that was measured speaks against these figures.
      </span>
    </p>
  )
}

/** The verdict: whether the figures are reliable, and what to change. */
export function Findings({ shown }: { readonly shown: readonly ListedRun[] }) {
  const remarks = remarksOn(shown)
  if (remarks.size === 0) return shown.some(({ run }) => run.steps.length > 0) ? <Reliable /> : null
  return (
    <ul className={classes.findings} aria-label="Findings">
      {[...remarks].map(([key, { level, where, what, advice }]) => (
        <li key={key} data-level={level}>
          {level === 'distrust' ? (
            <IconAlertTriangle size={16} aria-hidden />
          ) : (
            <IconInfoCircle size={16} aria-hidden />
          )}
          <div>
            <strong>
              {level === 'distrust' ? 'Unreliable. ' : ''}
              <Places where={where} />
              {what}
            </strong>{' '}
            {advice}
          </div>
        </li>
      ))}
    </ul>
  )
}
