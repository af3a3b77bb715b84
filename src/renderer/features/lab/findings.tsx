import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { type Finding, findingsOf } from '../../../shared/lab/findings.ts'
import { stepInWords } from '../../../shared/lab/words.ts'
import type { ShownRun } from '../../state/lab-store.ts'
import classes from './lab.module.css'

interface Remark extends Finding {
  /** The runs and steps it applies to; empty when there is only one. */
  readonly where: readonly string[]
}

const mostNamed = 4

/** Merges the same finding across steps, with the figures of the first. */
function remarksOn(shown: readonly ShownRun[]): Remark[] {
  const remarks = new Map<string, Remark>()
  for (const { run } of shown) {
    for (const step of run.steps) {
      const where = [shown.length > 1 ? run.name : null, stepInWords(run.settings, step.at)].filter(
        (part) => part !== null,
      )
      for (const finding of findingsOf(step)) {
        const known = remarks.get(finding.kind)
        const here = where.length > 0 ? [where.join(', ')] : []
        remarks.set(finding.kind, known ? { ...known, where: [...known.where, ...here] } : { ...finding, where: here })
      }
    }
  }
  return [...remarks.values()]
}

function placeOf(where: readonly string[]): string {
  if (where.length === 0) return ''
  const more = where.length > mostNamed ? ` and ${where.length - mostNamed} more` : ''
  return `${where.slice(0, mostNamed).join('; ')}${more}: `
}

/** Whether the figures are reliable, and what to change. */
export function Findings({ shown }: { readonly shown: readonly ShownRun[] }) {
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
              {placeOf(where)}
              {what}
            </strong>{' '}
            {advice}
          </div>
        </li>
      ))}
    </ul>
  )
}
