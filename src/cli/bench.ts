import { version } from '../../package.json'
import { LabJob } from '../engine/lab/lab.ts'
import type { LabChild } from '../engine/lab/protocol.ts'
import { formatEndpoint } from '../shared/endpoint.ts'
import type { Assertion } from '../shared/lab/assertion.ts'
import { clientFor, type LabClient, onlyZmtp, whyLibzmq } from '../shared/lab/client.ts'
import { fillerFrame, type LabPlan, type Load, type RunLength, type Sweep } from '../shared/lab/plan.ts'
import { doneIn, type LabRun } from '../shared/lab/result.ts'
import { labSecurityOf } from '../shared/lab/security.ts'
import { tooManyWorkers } from '../shared/lab/share.ts'
import { toRunJson } from '../shared/lab/summary.ts'
import { runName, settingsWithClientInWords } from '../shared/lab/words.ts'
import { type Frame, sizeOf } from '../shared/message.ts'
import type { SecurityWithSecrets } from '../shared/zmq/security.ts'
import { encodeArgument, readEndpoint } from './arguments.ts'
import { ProgressLine } from './bench-progress.ts'
import { checkAll, comparisonText, runText } from './bench-report.ts'
import { gatherWorkers } from './bench-roles.ts'
import { benchVersus } from './bench-versus.ts'
import { exitCodes, UsageError } from './failure.ts'
import { createInterruption } from './interruption.ts'
import { OutputClosed, outputEnd, print } from './output.ts'
import { checkOutputFile, type OutputFile, writeOutputFile } from './output-file.ts'
import type { Notation } from './quote.ts'
import { warnOfSecurity } from './security-sources.ts'
import { socketOptionsFor } from './socket-options.ts'

export interface BenchCommand {
  readonly endpoint: string
  readonly load: Load
  readonly length: RunLength
  readonly sweep: Sweep | null
  readonly workers: number
  /** Where to wait for workers of other programs, and how long; null where this one starts them. */
  readonly lead: { readonly endpoint: string; readonly waitMs: number } | null
  /** When to begin, in milliseconds since the epoch; null for as soon as can be. */
  readonly startAt: number | null
  /** What is to speak for the sockets, where it can. */
  readonly client: LabClient
  /** Whether both clients are to measure in turn. */
  readonly versus: boolean
  readonly warmUpMs: number
  readonly timeoutMs: number
  /** The command's options, as commander gives them; those of the sockets are among them. */
  readonly options: unknown
  readonly credentials: SecurityWithSecrets
  /** The frames of the message as given; none when `size` is to be sent. */
  readonly frames: readonly string[]
  readonly notation: Notation
  readonly size: number | null
  readonly name: string | null
  readonly json: boolean
  readonly assertions: readonly Assertion[]
  /** The run to compare with, the baseline, whenever it was made. */
  readonly against: LabRun | null
  /** Where a report is to be written; null for none. */
  readonly report: OutputFile | null
  /** Where the histogram log is to be written; null for none. */
  readonly histogramLog: OutputFile | null
  /** Starts the measuring process. */
  readonly forkLab: () => LabChild
}

function encodeTimed(command: BenchCommand): { frames: readonly Frame[]; encodeNs: number | null } {
  if (command.size !== null) return { frames: [fillerFrame(command.size)], encodeNs: null }
  const start = performance.now()
  const frames = command.frames.map((frame) => encodeArgument(frame, command.notation))
  return { frames, encodeNs: (performance.now() - start) * 1e6 }
}

/** `security`: that of the workers, where they are led. */
function planOf(command: BenchCommand, security = labSecurityOf(command.credentials.security)): LabPlan {
  const { load, length, sweep, workers, warmUpMs, timeoutMs } = command
  const endpoint = readEndpoint(command.endpoint, load.model === 'one-way' ? 'bind' : 'connect')
  const to = {
    endpoint: formatEndpoint(endpoint),
    options: socketOptionsFor([endpoint], command.options),
    security,
    load,
  }
  return {
    settings: {
      ...to,
      client: clientFor(command.client, to),
      length,
      warmUpMs,
      timeoutMs,
      sweep,
      workers,
    },
    ...encodeTimed(command),
  }
}

/** The run as one HTML page, with the one that it is compared with. */
async function writeReport(file: OutputFile, against: LabRun | null, run: LabRun): Promise<void> {
  const [{ htmlReport }, { findingsOf }] = await Promise.all([
    import('../report/html-report.tsx'),
    import('../shared/lab/findings.ts'),
  ])
  const runs = against ? [against, run] : [run]
  await writeOutputFile(file, htmlReport(runs, { now: Date.now(), findingsOf, baseline: 0 }))
}

async function writeHistogramLog(file: OutputFile, run: LabRun): Promise<void> {
  const { toHistogramLog } = await import('../engine/lab/exports.ts')
  await writeOutputFile(file, toHistogramLog(run))
}

/** Throws `UsageError` for a load that cannot be made so. */
function checkPlan({ settings }: LabPlan): void {
  const { load } = settings
  if (load.model === 'closed' && load.inFlight !== undefined && settings.client !== 'zmtp') {
    throw new UsageError(`${onlyZmtp} ${whyLibzmq(settings) ?? ''}`.trim())
  }
  const tooMany = tooManyWorkers(settings)
  if (tooMany !== null) throw new UsageError(tooMany)
}

/** Prints a run's figures, compares and checks them, and writes what is asked for. Returns the exit code. */
async function tellRun(command: BenchCommand, run: LabRun): Promise<number> {
  print(command.json ? toRunJson(run) : runText(run))
  // With --json, standard output is for programs, so texts for people go to standard error.
  const tell = command.json ? say : print
  if (command.against) tell(`\n${comparisonText(command.against, run)}`)
  const { text, hold } = checkAll(run, command.assertions)
  tell(text)
  if (command.report) await writeReport(command.report, command.against, run)
  if (command.histogramLog) await writeHistogramLog(command.histogramLog, run)
  // Whoever closed the output before the end has seen enough.
  if (run.outcome === 'cancelled' && outputEnd.reason instanceof OutputClosed) return exitCodes.success
  const isMeasured = run.steps.some((step) => doneIn(step) > 0)
  return isMeasured && hold && run.outcome === 'finished' ? exitCodes.success : exitCodes.failure
}

const say = (text: string): void => void process.stderr.write(text)

/**
 * Makes one run and prints its figures. Returns the exit code: failure when there was no reply (or nothing was accepted or
 * delivered) or an assertion does not hold.
 */
export async function runBench(command: BenchCommand): Promise<number> {
  const unled = planOf(command)
  checkPlan(unled)
  for (const file of [command.report, command.histogramLog]) if (file) await checkOutputFile(file)
  if (command.load.model !== 'one-way') {
    warnOfSecurity(command.credentials.security, [readEndpoint(command.endpoint, 'connect')])
  }
  const { credentials } = command
  const host = { fork: command.forkLab, versions: { 'zmq-inspector': version } }
  const { signal } = createInterruption()
  const led = command.lead
    ? await gatherWorkers(command.lead.endpoint, command.workers, command.lead.waitMs, signal)
    : null
  try {
    const plan = led ? planOf(command, led.security) : unled
    checkPlan(plan)
    const otherClient = command.client === plan.settings.client ? null : whyLibzmq(plan.settings)
    if (otherClient !== null) say(`note: ${otherClient}\n`)
    if (command.versus) return benchVersus({ plan, credentials, json: command.json, host })
    const words = settingsWithClientInWords(plan.settings, sizeOf(plan.frames))
    if (!command.json) print(`Measuring ${plan.settings.endpoint}: ${words}\n`)
    const timed = plan.settings.load.model === 'flood' ? 'writes ' : ''
    const line = new ProgressLine(process.stderr.isTTY, () => process.stderr.columns, say, undefined, timed)
    const job = new LabJob(
      { ...host, progress: line.show.bind(line) },
      plan,
      command.name ?? runName(plan.settings, sizeOf(plan.frames)),
      { credentials, members: led?.members, startAt: command.startAt ?? undefined },
    )
    const cancel = () => job.cancel()
    signal.addEventListener('abort', cancel)
    if (signal.aborted) cancel()
    const run = await job.result
    line.clear()
    return await tellRun(command, run)
  } finally {
    await led?.lead.close()
  }
}
