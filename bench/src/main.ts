import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommanderError } from 'commander'
import { type Bench, type Need, type Setting, Skipped } from './bench.ts'
import { benches } from './benches.ts'
import { type Options, readOptions } from './options.ts'
import { endPrograms, withPrograms } from './support/children.ts'
import { readMachine } from './support/machine.ts'
import { providePeers } from './support/native.ts'
import { type Findings, isMet, tableOf } from './support/report.ts'

/** What the build script passes in. */
export interface Tools {
  readonly projectFolder: string
  /** Runs an npm package's command in the project folder; resolves with its exit code. */
  runTool(name: string, args: string[]): Promise<number>
}

type Outcome =
  | { readonly name: string; readonly findings: Findings }
  | { readonly name: string; readonly skipped: string }
  | { readonly name: string; readonly failed: string }

const say = (line: string) => void process.stdout.write(`${line}\n`)
const progress = (line: string) => void process.stderr.write(`${line}\n`)

async function build(needs: ReadonlySet<Need>, { runTool }: Tools): Promise<void> {
  const run = async (name: string, ...args: string[]) => {
    if ((await runTool(name, args)) !== 0) throw new Error(`${name} failed`)
  }
  if (needs.has('application')) await run('electron-vite', 'build', '--logLevel', 'warn')
  if (needs.has('command line')) await run('vite', 'build', '--config', 'vite.cli.config.ts', '--logLevel', 'warn')
}

async function runBench(bench: Bench, setting: Setting): Promise<Outcome> {
  const { name } = bench
  say(`\n${name}: ${bench.about}`)
  try {
    const findings = await withPrograms(() => bench.run(setting))
    say(tableOf(findings))
    return { name, findings }
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    if (thrown instanceof Skipped) {
      say(`  skipped: ${reason}`)
      return { name, skipped: reason }
    }
    say(`  FAILED: ${reason}`)
    return { name, failed: reason }
  }
}

/** Summarises the outcomes. Returns whether nothing failed and all bounds were met. */
function conclude(outcomes: readonly Outcome[]): boolean {
  const missed: string[] = []
  let met = 0
  let skipped = 0
  for (const outcome of outcomes) {
    if ('failed' in outcome) missed.push(`${outcome.name} failed: ${outcome.failed}`)
    if ('skipped' in outcome) skipped += 1
    if (!('findings' in outcome)) continue
    for (const row of outcome.findings.rows) {
      const verdict = isMet(row)
      if (verdict === true) met += 1
      if (verdict === false) missed.push(`${outcome.name}: ${row.what}`)
    }
  }
  say(
    `\n${met} ${met === 1 ? 'bound' : 'bounds'} met, ${missed.length} missed or failed${skipped > 0 ? `, ${skipped} benches skipped` : ''}.`,
  )
  for (const line of missed) say(`  MISSED ${line}`)
  return missed.length === 0
}

/** Deleted when this process ends, however it ends. */
function makeTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zeromq-inspector-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

async function runAll({ chosen, quick, long, records, json }: Options, tools: Tools): Promise<number> {
  const needs = new Set(chosen.flatMap((bench) => bench.needs))
  await build(needs, tools)
  const wantsPeers = needs.has('native') || needs.has('python')
  const peers = wantsPeers
    ? await providePeers(tools.projectFolder, progress)
    : { native: undefined, python: undefined }
  const machine = await readMachine(peers.python)
  say(machine.words)
  if (quick) say('Quick: fewer and shorter rounds. The figures say that the benches work, not how fast anything is.')
  const temporaryFolder = makeTemporaryFolder()
  const { projectFolder } = tools
  const programFolder = join(projectFolder, 'out', 'bench')
  const setting: Setting = { projectFolder, programFolder, temporaryFolder, quick, long, records, ...peers }
  const outcomes: Outcome[] = []
  for (const bench of chosen) outcomes.push(await runBench(bench, setting))
  if (json !== undefined) await writeFile(json, `${JSON.stringify({ machine, quick, outcomes }, null, 2)}\n`)
  return conclude(outcomes) ? 0 : 1
}

/** Ends the started programs when this process is interrupted or terminated. */
function endOnSignals(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.once(signal, () => {
      endPrograms().finally(() => process.exit(code))
    })
  }
}

/** Runs the benches that the arguments select. Resolves with the exit code: 0 all bounds met, 1 not, 2 wrong usage. */
export async function runBenches(args: readonly string[], tools: Tools): Promise<number> {
  try {
    const options = readOptions(args)
    if (options.list) {
      for (const { name, about } of benches) say(`${name.padEnd(16)}${about}`)
      return 0
    }
    endOnSignals()
    return await runAll(options, tools)
  } catch (thrown) {
    // Commander has already printed its message; its own exit code for wrong usage is 1.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2
    throw thrown
  }
}
