import { Fragment } from 'react'
import { formatCount } from '../shared/format.ts'
import type { StepResult } from '../shared/lab/result.ts'
import { runFindings } from '../shared/lab/run-findings.ts'
import { Given } from './given.tsx'
import { visibleText } from './plots/plot-text.ts'
import { type ReportRow, rowName } from './report-rows.ts'

/** Something a reader of the figures must know. */
export interface ReportFinding {
  /** `distrust`: the figures do not describe the server. */
  readonly level?: 'distrust' | 'note'
  readonly what: string
  readonly advice: string
}

export type FindingsOf = (step: StepResult) => readonly ReportFinding[]

interface RemarksProps {
  readonly rows: readonly ReportRow[]
  readonly severalRuns: boolean
}

interface Warning extends ReportFinding {
  /** The rows it applies to. */
  readonly of: readonly ReportRow[]
}

/** Merges identical warnings of several rows. */
function warningsOf(rows: readonly ReportRow[], findingsOf: FindingsOf): readonly Warning[] {
  const warnings = new Map<string, Warning>()
  for (const row of rows) {
    for (const finding of findingsOf(row.step)) {
      const key = `${finding.level} ${finding.what} ${finding.advice}`
      warnings.set(key, { ...finding, of: [...(warnings.get(key)?.of ?? []), row] })
    }
  }
  return [...warnings.values()]
}

/** Whether the figures are reliable; shown before them. */
export function Warnings({ rows, severalRuns, findingsOf }: RemarksProps & { readonly findingsOf: FindingsOf }) {
  const warnings = warningsOf(rows, findingsOf)
  const more = [...new Set(rows.map(({ run }) => run))].some((run) => runFindings(run).length > 0)
  if (warnings.length === 0 && more) return null
  if (warnings.length === 0) return <p className="quiet">None: no problem was found with these figures.</p>
  return (
    <ul className="findings">
      {warnings.map(({ level = 'note', what, advice, of }) => (
        <li key={`${what} ${of[0]?.key}`} className={level}>
          <strong>
            {level === 'distrust' ? 'Unreliable. ' : ''}
            {rows.length === 1
              ? null
              : of.map((row, index) => (
                  <Fragment key={row.key}>
                    <Given text={rowName(row, severalRuns)} short />
                    {index === of.length - 1 ? ': ' : ', '}
                  </Fragment>
                ))}
            {visibleText(what)}
          </strong>{' '}
          {visibleText(advice)}
        </li>
      ))}
    </ul>
  )
}

/** Why requests failed, and how often; nothing when none did. */
export function Errors({ rows, severalRuns }: RemarksProps) {
  const errors = rows.flatMap((row) =>
    row.step.errors.map((error, index) => ({ ...error, row, key: `${row.key} ${index}` })),
  )
  if (errors.length === 0) return null
  return (
    <>
      <h3>Errors</h3>
      <ul className="findings">
        {errors.map(({ key, row, code, message, count }) => (
          <li key={key}>
            {formatCount(count)} × <Given text={message} />{' '}
            <span className="quiet">
              (<Given text={code} />
              {rows.length > 1 ? (
                <>
                  , <Given text={rowName(row, severalRuns)} short />
                </>
              ) : null}
              )
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
