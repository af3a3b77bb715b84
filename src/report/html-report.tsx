import { renderToStaticMarkup } from 'react-dom/server'
import type { LabRun } from '../shared/lab/result.ts'
import { distinctNames } from '../shared/lab/run-order.ts'
import { InstrumentTable, OutcomeTables } from './count-tables.tsx'
import { Differences } from './differences.tsx'
import { DurationTable } from './duration-table.tsx'
import { Given } from './given.tsx'
import { visibleText } from './plots/plot-text.ts'
import { Errors, type FindingsOf, Warnings } from './remarks.tsx'
import { ReportPlots } from './report-plots.tsx'
import { momentOf, rowsOf } from './report-rows.ts'
import { reportStyle } from './report-style.ts'
import { RunFacts } from './run-facts.tsx'
import { RunWarnings, WorkerTable } from './workers.tsx'

export interface ReportOptions {
  /** When the report is made, in milliseconds since the epoch. */
  readonly now: number
  /** The findings about a step's figures. */
  readonly findingsOf: FindingsOf
  /** Index of the run that the others are compared with; the first one if not given. */
  readonly baseline?: number
}

/** The file runs and loads nothing, whatever the names in it contain. */
const contentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

interface ReportProps extends ReportOptions {
  readonly runs: readonly LabRun[]
  readonly title: string
}

function Report({ runs, title, now, findingsOf, baseline = 0 }: ReportProps) {
  const names = distinctNames(runs, ({ startedAt }) => momentOf(startedAt))
  const named = runs.map((run, index) => ({ ...run, name: names[index] ?? run.name }))
  const rows = rowsOf(named)
  const severalRuns = runs.length > 1
  return (
    <main>
      <h1>
        <Given text={title} />
      </h1>
      <p className="quiet">Latency report of ZeroMQ Inspector, made {momentOf(now)}</p>
      <div className="runs">
        {runs.map((run, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a run is known by its place; names may be the same
          <section key={index}>
            {severalRuns ? (
              <h2 className="run">
                <Given text={run.name} />
                {index === baseline ? ' (baseline)' : ''}
              </h2>
            ) : null}
            <RunFacts run={run} />
          </section>
        ))}
      </div>
      {rows.length === 0 ? (
        <p>No figures.</p>
      ) : (
        <>
          <h2>Warnings</h2>
          <Warnings rows={rows} severalRuns={severalRuns} findingsOf={findingsOf} />
          <RunWarnings rows={rows} severalRuns={severalRuns} />
          <h2>Figures</h2>
          <DurationTable rows={rows} severalRuns={severalRuns} />
          <OutcomeTables rows={rows} severalRuns={severalRuns} />
          <InstrumentTable rows={rows} severalRuns={severalRuns} />
          <WorkerTable rows={rows} severalRuns={severalRuns} />
          <Errors rows={rows} severalRuns={severalRuns} />
          <Differences runs={runs} baseline={baseline} findingsOf={findingsOf} />
          <h2>Plots</h2>
          <ReportPlots runs={named} />
        </>
      )}
    </main>
  )
}

/** Runs as one self-contained HTML file: no script, no external files, all plots inline. */
export function htmlReport(runs: readonly LabRun[], options: ReportOptions): string {
  const [only] = runs
  const title = runs.length === 1 && only ? only.name : `${runs.length} latency runs`
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    renderToStaticMarkup(<title>{visibleText(title)}</title>),
    `<style>${reportStyle}</style>`,
    '</head>',
    `<body>${renderToStaticMarkup(<Report runs={runs} title={title} {...options} />)}</body>`,
    '</html>',
    '',
  ].join('\n')
}
