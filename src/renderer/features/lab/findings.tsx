import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { Fragment } from 'react'
import { type Finding, findingsOf } from '../../../shared/lab/findings.ts'
import type { LabRun } from '../../../shared/lab/result.ts'
import { type ListedRun, whenMade } from '../../../shared/lab/run-order.ts'
import { stepInWords } from '../../../shared/lab/words.ts'
import classes from './lab.module.css'
import { nameBeforeFigures } from './plots/plot-text.ts'

interface Place {
  /** Null for the only run. */
  readonly run: LabRun | null
  /** Null without a sweep. */
  readonly step: string | null
}

interface Remark extends Finding {
  /** The runs and steps it applies to; empty when there is only one. */
  readonly where: readonly Place[]
}

const mostNamed = 4

/** Merges the same finding across steps, with the figures of the first. */
function remarksOn(shown: readonly ListedRun[]): Remark[] {
  const remarks = new Map<string, Remark>()
  for (const { run } of shown) {
    for (const step of run.steps) {
      const place = { run: shown.length > 1 ? run : null, step: stepInWords(run.settings, step.at) }
      const here = place.run === null && place.step === null ? [] : [place]
      for (const finding of findingsOf(step)) {
        const known = remarks.get(finding.kind)
        remarks.set(finding.kind, known ? { ...known, where: [...known.where, ...here] } : { ...finding, where: here })
      }
    }
  }
  return [...remarks.values()]
}

/** The name is isolated and shortened: it may be long, and may read from right to left. */
function PlaceName({ run, step }: Place) {
  return (
    <>
      {run ? (
        <>
          <bdi>{nameBeforeFigures(run.name)}</bdi>, {whenMade(run)}
        </>
      ) : null}
      {run && step ? ', ' : ''}
      {step}
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

/** Whether the figures are reliable, and what to change. */
export function Findings({ shown }: { readonly shown: readonly ListedRun[] }) {
  const remarks = remarksOn(shown)
  if (remarks.length === 0) return null
  return (
    <ul className={classes.findings} aria-label="Findings">
      {remarks.map(({ kind, level, where, what, advice }) => (
        <li key={kind} data-level={level}>
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
