import { Command, CommanderError, Option } from 'commander'
import { z } from 'zod'
import { version } from '../../package.json'
import type { LabChild } from '../engine/lab/protocol.ts'
import { InspectorError } from '../shared/errors.ts'
import { defaultEndpoint, defaultMessage, defaultTimeoutMs } from '../shared/workspace.ts'
import { addBench } from './bench-command.ts'
import { complain, exitCodes, reportFailure } from './failure.ts'
import { interrupted } from './interruption.ts'
import { addKeygen } from './keygen-command.ts'
import { collect, loadMessageTypes, optionsForType } from './message-types.ts'
import { encodingName, encodingNames, structuredNames, typeOptions, viewName, viewNames } from './options.ts'
import { outputEnd, outputTaken, print, watchOutput } from './output.ts'
import { parseTimeout } from './parse-timeout.ts'
import type { Printer } from './printer.ts'
import { addProbe } from './probe-command.ts'
import type { Notation, ShownAs } from './quote.ts'
import { addRecord } from './record-command.ts'
import { addSecurityOptions } from './security-options.ts'
import { addShow } from './show-command.ts'
import { addSockets } from './socket-command.ts'
import { addSocketOptions } from './socket-options.ts'

/** Commander passes options untyped. */
const serverOptions = z.object({ endpoint: z.string(), json: z.boolean().default(false) })
const encodeOptions = typeOptions.extend({ encoding: encodingName })
const decodeOptions = typeOptions.extend({ encoding: viewName })
const clientOptions = serverOptions.extend({
  ...typeOptions.shape,
  encoding: encodingName,
  decode: viewName.optional(),
  replyMessage: z.string().optional(),
  frames: z.boolean().default(false),
  timeout: z.number(),
})

const examples = `
Examples:
  $ zmq-inspector server
  $ zmq-inspector client "Hello world!" "Hello again!"
  $ zmq-inspector client --encoding json '{"name":"inspector"}'
  $ zmq-inspector client --frames -- first second -third
  $ zmq-inspector client --encoding protobuf --proto api.proto --message api.Query '{"name":"x"}'
  $ zmq-inspector record prices.zmqrec sub --connect tcp://127.0.0.1:5555 --topic prices.
  $ zmq-inspector show prices.zmqrec --topic prices.eur
  $ zmq-inspector probe tcp://127.0.0.1:5555
  $ zmq-inspector bench --endpoint tcp://127.0.0.1:5555 --rate 1000 --duration 30s --assert 'p99<5ms'
  $ echo '{"a":1}' | zmq-inspector encode --encoding cbor | zmq-inspector decode --encoding cbor

Exit codes: 0 done, 1 no reply or another failure, 2 wrong usage.`

/** `warns`: whether it is told why something is shown as hex. */
async function printerFor(json: boolean, sent: Notation, received: ShownAs = sent, warns = false): Promise<Printer> {
  const { jsonPrinter, textPrinter } = await import('./printer.ts')
  return json ? jsonPrinter(print) : textPrinter(print, sent, received, warns ? complain : null)
}

function addTypeOptions(command: Command): void {
  command
    .option(
      '--proto <path>',
      'a .proto file, a folder of them, or a compiled descriptor set; can be repeated',
      collect,
      [],
    )
    .option('--include <folder>', 'another folder to search for imports; can be repeated', collect, [])
    .option('--message <type>', 'Protobuf message type, such as package.Name')
}

/** `leaves`: the process must end although something is under way that nobody waits for. */
type Finish = (exitCode: number, leaves?: boolean) => void

/** Each command loads what it needs when it runs: most of the program is of no use to most calls. */
function createProgram(forkLab: () => LabChild, finish: Finish): Command {
  const program = new Command('zmq-inspector')
    .description('Sends, receives and times ZeroMQ messages.')
    .version(version)
    .addHelpText('after', examples)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, 'zmq-inspector:')) })

  program
    .command('server')
    .description('listen, print every message and send it back')
    .option('--endpoint <endpoint>', 'where to listen', defaultEndpoint)
    .option('--json', 'print one JSON object per line')
    .action(async (options: unknown) => {
      const { endpoint, json } = serverOptions.parse(options)
      const { runServer } = await import('./server.ts')
      finish(await runServer({ endpoint, options, printer: await printerFor(json, { encoding: 'text', options: {} }) }))
    })

  program
    .command('client')
    .description('send messages, one after the other, and print the replies')
    .argument('[message...]', `what to send (default: "${defaultMessage}")`)
    .option('--endpoint <endpoint>', 'where to connect', defaultEndpoint)
    .addOption(
      new Option('--encoding <name>', 'encoding of the messages and replies').choices(encodingNames).default('text'),
    )
    .addOption(new Option('--decode <name>', 'encoding of the replies, if different').choices(viewNames))
    .option('--reply-message <type>', 'Protobuf message type of the replies, if different')
    .option('--frames', 'send all arguments as the frames of one message')
    .option('--timeout <time>', 'how long to wait for each reply: 500, 500ms, 5s', parseTimeout, defaultTimeoutMs)
    .option('--json', 'print one JSON object per line')
    .action(async (written: string[], options: unknown) => {
      const { endpoint, encoding, decode, frames, timeout, json, ...types } = clientOptions.parse(options)
      const messages = written.length > 0 ? written : [defaultMessage]
      const { runClient } = await import('./client.ts')
      const schema = await loadMessageTypes(types, types.message, types.replyMessage)
      const notation = { encoding, options: optionsForType(schema, types.message) }
      const replies = {
        encoding: decode ?? encoding,
        options: optionsForType(schema, types.replyMessage ?? types.message),
      }
      const printer = await printerFor(json, notation, replies, decode !== undefined || encoding !== 'text')
      finish(await runClient({ endpoint, messages, notation, frames, timeoutMs: timeout, options, printer }))
    })
  program
    .command('decode')
    .description('read bytes from standard input and print their structure, one JSON object per node')
    .addOption(new Option('--encoding <name>', 'encoding of the bytes').choices(structuredNames).makeOptionMandatory())
    .action(async (options: unknown) => {
      const { encoding, message, ...types } = decodeOptions.parse(options)
      const { runDecode } = await import('./convert.ts')
      finish(await runDecode(encoding, optionsForType(await loadMessageTypes(types, message), message)))
    })

  program
    .command('encode')
    .description('read text from standard input and write its bytes')
    .addOption(new Option('--encoding <name>', 'encoding of the text').choices(encodingNames).makeOptionMandatory())
    .action(async (options: unknown) => {
      const { encoding, message, ...types } = encodeOptions.parse(options)
      const { runEncode } = await import('./convert.ts')
      finish(await runEncode(encoding, optionsForType(await loadMessageTypes(types, message), message)))
    })
  addSockets(program, finish)
  addRecord(program, (args) => createProgram(forkLab, finish).parseAsync(args, { from: 'user' }))
  addShow(program, finish)
  addBench(program, forkLab, finish)
  addProbe(program, (exitCode) => finish(exitCode, true))
  for (const command of program.commands) {
    const name = command.name()
    if (!['server', 'probe', 'record'].includes(name)) addTypeOptions(command)
    if (name === 'server') addSecurityOptions(command, ['server'])
    if (name === 'client' || name === 'bench') {
      addSecurityOptions(command, ['client'])
      addSocketOptions(command, 'req')
    }
  }
  addKeygen(program, finish)
  return program
}

async function run(
  args: readonly string[],
  forkLab: () => LabChild,
): Promise<{ readonly exitCode: number; readonly leaves: boolean }> {
  let ended: { readonly exitCode: number; readonly leaves: boolean } = { exitCode: exitCodes.usage, leaves: false }
  try {
    await createProgram(forkLab, (exitCode, leaves = false) => {
      ended = { exitCode, leaves }
    }).parseAsync(args, { from: 'user' })
    return ended
  } catch (thrown) {
    // Commander has already printed its message; its own exit code for wrong usage is 1.
    if (thrown instanceof CommanderError) {
      return { exitCode: thrown.exitCode === 0 ? exitCodes.success : exitCodes.usage, leaves: false }
    }
    return { exitCode: reportFailure(thrown), leaves: false }
  }
}

export interface ProgramEnd {
  readonly exitCode: number
  /** Whether the process must be ended: nobody reads the output, or something is under way that nobody waits for. */
  readonly mustEnd: boolean
}

/**
 * Runs the command that the arguments ask for, until its output is taken. Never rejects. `forkLab` starts the process in
 * which `bench` measures.
 */
export async function runProgram(args: readonly string[], forkLab: () => LabChild): Promise<ProgramEnd> {
  watchOutput()
  const { exitCode, leaves } = await run(args, forkLab)
  const mustEnd = !(await outputTaken(interrupted)) || leaves
  if (!(outputEnd.reason instanceof InspectorError)) return { exitCode, mustEnd }
  reportFailure(outputEnd.reason)
  return { exitCode: exitCode === exitCodes.success ? exitCodes.failure : exitCode, mustEnd }
}
