import { type Command, Option } from 'commander'
import { z } from 'zod'
import type { LabChild } from '../engine/lab/protocol.ts'
import type { Assertion } from '../shared/lab/assertion.ts'
import { labClients } from '../shared/lab/client.ts'
import { oneWayPatterns } from '../shared/lab/kind.ts'
import type { RunLength } from '../shared/lab/plan.ts'
import { labRoles } from '../shared/lab/roles.ts'
import { defaultEndpoint, defaultMessage } from '../shared/workspace.ts'
import {
  collectAssertions,
  parseConcurrency,
  parseInFlight,
  parseLength,
  parseLimit,
  parseRates,
  parseRequests,
  parseSizes,
  parseStartAt,
  parseWait,
  parseWarmUp,
  parseWorkers,
  readRun,
} from './bench-arguments.ts'
import { checkAssertions, loadOf, refuse, sweepOf } from './bench-load.ts'
import { UsageError } from './failure.ts'
import { addMerge } from './merge-command.ts'
import { loadMessageTypes, optionsForType } from './message-types.ts'
import { encodingName, encodingNames, typeOptions } from './options.ts'
import type { OutputFile } from './output-file.ts'

const defaultDurationMs = 10_000
const defaultWarmUpMs = 1000
const defaultTimeoutMs = 5000
const defaultLeadEndpoint = 'tcp://127.0.0.1:25934'
const defaultWaitMs = 60_000

const benchOptions = typeOptions.extend({
  endpoint: z.string().optional(),
  flood: z.boolean().default(false),
  oneWay: z.enum(oneWayPatterns).optional(),
  encoding: encodingName,
  frames: z.boolean().default(false),
  concurrency: z.array(z.number()).optional(),
  inFlight: z.array(z.number()).optional(),
  numberRequests: z.boolean().default(false),
  rate: z.array(z.number()).optional(),
  duration: z.number().optional(),
  count: z.number().optional(),
  size: z.array(z.number()).optional(),
  warmup: z.number(),
  timeout: z.number(),
  client: z.enum(labClients),
  workers: z.number(),
  role: z.enum(labRoles).optional(),
  lead: z.string(),
  wait: z.number(),
  startAt: z.number().optional(),
  versus: z.literal('libzmq').optional(),
  name: z.string().max(200).optional(),
  json: z.boolean().default(false),
  assert: z.array(z.custom<Assertion>()),
  against: z.string().optional(),
  report: z.string().min(1).optional(),
  hlog: z.string().min(1).optional(),
  overwrite: z.boolean().default(false),
})

type BenchOptions = z.infer<typeof benchOptions>

function lengthOf({ duration, count }: BenchOptions): RunLength {
  return count === undefined
    ? { by: 'duration', milliseconds: duration ?? defaultDurationMs }
    : { by: 'count', requests: count }
}

const fileOf = (path: string | undefined, { overwrite }: BenchOptions): OutputFile | null =>
  path === undefined ? null : { path, overwrite, overwriteOption: '--overwrite' }

/** Where a one-way stream goes, whose ends are both here. */
const freeEndpoint = 'tcp://127.0.0.1:*'

/** Throws `UsageError` for options that do not go with messages that nobody answers. */
function checkStream({ flood, oneWay, versus, hlog, frames, role }: BenchOptions, written: readonly string[]): void {
  if (flood) refuse('--flood', { '--versus': versus, '--hlog': hlog })
  if (oneWay === undefined) return
  refuse('--one-way', { '--versus': versus, '--frames': frames, '--role': role })
  if (written.length > 0)
    throw new UsageError('--one-way makes its messages itself: give their --size, and no message.')
}

async function bench(written: readonly string[], command: Command, forkLab: () => LabChild): Promise<number> {
  const given: unknown = command.opts()
  const options = benchOptions.parse(given)
  const { asWorker, checkRole } = await import('./bench-roles.ts')
  if (options.role === 'worker') {
    return asWorker(written, command, { lead: options.lead, waitMs: options.wait, name: options.name ?? null, forkLab })
  }
  checkRole(command, options.role)
  const [size = null] = options.size ?? []
  if (size !== null && written.length > 0) throw new UsageError('Give a message or --size, not both.')
  if (written.length > 1 && !options.frames) {
    throw new UsageError(
      'A run sends one message. Put it in quotes, or add --frames to send the arguments as its frames.',
    )
  }
  checkStream(options, written)
  const load = loadOf(options)
  checkAssertions(load, options.assert)
  const { runBench } = await import('./bench.ts')
  const against = options.against === undefined ? null : await readRun(options.against)
  const { readSecurity } = await import('./security-sources.ts')
  const credentials = await readSecurity(given, ['client'])
  if (load.model === 'one-way' && credentials.security.kind !== 'none') {
    throw new UsageError('--one-way has both ends here, so it needs no security.')
  }
  return runBench({
    endpoint: options.endpoint ?? (load.model === 'one-way' ? freeEndpoint : defaultEndpoint),
    load,
    length: lengthOf(options),
    sweep: sweepOf(options),
    warmUpMs: options.warmup,
    timeoutMs: options.timeout,
    client: options.client,
    workers: options.workers,
    lead: options.role === 'lead' ? { endpoint: options.lead, waitMs: options.wait } : null,
    startAt: options.startAt ?? null,
    versus: options.versus !== undefined,
    options: given,
    credentials,
    frames: written.length > 0 ? written : [defaultMessage],
    notation: {
      encoding: options.encoding,
      options: optionsForType(await loadMessageTypes(options, options.message), options.message),
    },
    size: load.model === 'one-way' ? load.size : size,
    name: options.name ?? null,
    json: options.json,
    assertions: options.assert,
    against,
    report: fileOf(options.report, options),
    histogramLog: fileOf(options.hlog, options),
    forkLab,
  })
}

/** Adds the `bench` command, which measures in a process started by `forkLab`. */
export function addBench(program: Command, forkLab: () => LabChild, finish: (exitCode: number) => void): void {
  const command = program
    .command('bench')
    // Messages are arguments, too: only `merge` is none.
    .helpCommand(false)
    .description('measure the latency of a server')
    .argument('[message...]', `what to send (default: "${defaultMessage}")`)
    .option(
      '--endpoint <endpoint>',
      `where to connect (default: ${defaultEndpoint}); one way: where the receiver binds (default: ${freeEndpoint})`,
    )
    .option('--flood', 'PUSH sockets that send to a PULL as fast as it takes messages, or at a rate')
    .addOption(
      new Option('--one-way <sockets>', 'send from here to here, and time each message on its way').choices(
        oneWayPatterns,
      ),
    )
    .option(
      '--concurrency <sockets>',
      'closed loop: REQ sockets, each sends again when its reply arrives; flood: PUSH sockets (default: 1); a comma-separated list makes a sweep',
      parseConcurrency,
    )
    .addOption(
      new Option(
        '--in-flight <requests>',
        'closed loop: DEALER sockets with so many requests under way each; a comma-separated list makes a sweep',
      )
        .argParser(parseInFlight)
        .conflicts('versus'),
    )
    .option(
      '--number-requests',
      'with --in-flight: a number in the envelope of each request tells which reply is out of order or comes again',
    )
    .option(
      '--rate <per second>',
      'open loop: requests per second; flood and one way: messages per second; a comma-separated list makes a sweep',
      parseRates,
    )
    .addOption(
      new Option('--duration <time>', 'how long to measure: 10, 500ms, 2min (default: 10 s)').argParser(parseLength),
    )
    .addOption(
      new Option('--count <requests>', 'how many requests or messages to measure')
        .argParser(parseRequests)
        .conflicts('duration'),
    )
    .option('--warmup <time>', 'how long to send before measuring (default: 1 s)', parseWarmUp, defaultWarmUpMs)
    .option(
      '--timeout <time>',
      'how long to wait for each reply, or until a message is taken: 500, 500ms, 5s',
      parseLimit,
      defaultTimeoutMs,
    )
    .option(
      '--size <bytes>',
      'send a message of this size: 64, 16KiB; a comma-separated list makes a sweep',
      parseSizes,
    )
    .option('--workers <processes>', 'processes that make the load together, each with its part', parseWorkers, 1)
    .addOption(
      new Option(
        '--role <role>',
        'lead: have --workers other programs make the load; worker: be one of them, on this or another machine',
      )
        .choices(labRoles)
        .conflicts('versus'),
    )
    .option('--lead <endpoint>', 'where the lead listens, and workers find it', defaultLeadEndpoint)
    .option('--wait <time>', 'how long to wait for all workers, or for the lead', parseWait, defaultWaitMs)
    .addOption(
      new Option(
        '--start-at <time>',
        'when to begin, such as 14:30:00 or 2030-01-31T14:30:00Z: the same for programs that cannot reach each other',
      )
        .argParser(parseStartAt)
        .conflicts(['versus', 'role']),
    )
    .addOption(
      new Option('--client <name>', 'what speaks, where it can: zmtp adds the least, libzmq is what most clients use')
        .choices(labClients)
        .default('zmtp'),
    )
    .addOption(
      new Option('--versus <name>', 'measure with ZMTP and with libzmq in turn, and print their ratios')
        .choices(['libzmq'])
        .conflicts(['client', 'against', 'assert', 'report', 'hlog', 'name']),
    )
    .option('--frames', 'send all arguments as the frames of the message')
    .addOption(new Option('--encoding <name>', 'encoding of the message').choices(encodingNames).default('text'))
    .option(
      '--assert <assertion>',
      "exit with 1 unless it holds, such as 'p99<5ms'; can be repeated",
      collectAssertions,
      [],
    )
    .option('--against <file>', 'compare with this result (JSON), the baseline')
    .option('--name <name>', 'name of the result')
    .option('--report <file>', 'also write a report with plots as one HTML page')
    .option('--hlog <file>', 'also write all latencies as a histogram log, for `bench merge` and other tools')
    .option('--overwrite', 'replace files of --report and --hlog that are already there')
    .option('--json', 'print the result as JSON')
    .action(async (written: string[], _options: unknown, run: Command) => finish(await bench(written, run, forkLab)))
  addMerge(command, finish)
}
