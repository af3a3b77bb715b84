import { Fragment } from 'react'
import { visibleText } from '../../../report/plots/plot-text.ts'
import { type ListedRun, whenMade } from '../../../shared/lab/run-order.ts'
import { stepInWords } from '../../../shared/lab/words.ts'
import { type Column, figureRows } from './figure-rows.ts'
import classes from './lab.module.css'

const columnsOf = (shown: readonly ListedRun[]): Column[] =>
  shown.flatMap(({ id, run }) =>
    run.steps.map((step, index) => ({
      key: `${id} ${index}`,
      run,
      step,
      at: stepInWords(run.settings, step.at),
    })),
  )

/** All figures of the shown runs, one column per run or per step of a sweep. */
export function ResultsTable({ shown }: { readonly shown: readonly ListedRun[] }) {
  const columns = columnsOf(shown)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reachable by keyboard
    <section className={classes.tablePlace} aria-label="Table of results" tabIndex={0}>
      <table className={classes.table} aria-label="Results">
        <thead>
          <tr>
            <th scope="col">Figure</th>
            {columns.map(({ key, run, at }) => (
              <th key={key} scope="col" title={run.name}>
                <span className={classes.columnName}>{at ?? <bdi>{visibleText(run.name)}</bdi>}</span>
                {shown.length > 1 ? <span className={classes.columnTime}>{whenMade(run)}</span> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figureRows(columns).map(({ group, name, hint, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names come again under other headings, in this order
            <Fragment key={index}>
              {group ? (
                <tr className={classes.group}>
                  <th scope="rowgroup" colSpan={columns.length + 1}>
                    {group}
                  </th>
                </tr>
              ) : null}
              <tr>
                <th scope="row" title={hint}>
                  {name}
                </th>
                {columns.map((column) => (
                  <td key={column.key}>{value(column)}</td>
                ))}
              </tr>
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  )
}
