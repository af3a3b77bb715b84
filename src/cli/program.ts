import { Command, CommanderError, Option } from 'commander'
import { z } from 'zod'
import { version } from '../../package.json'
import { type EncodingId, encodingIds } from '../shared/codecs/index.ts'
import { defaultEndpoint, defaultMessage, defaultTimeoutMs } from '../shared/workspace.ts'
import { parseTimeout } from './arguments.ts'
import { runClient } from './client.ts'
import { exitCodes, reportFailure } from './failure.ts'
import { jsonPrinter, type Printer, textPrinter } from './printer.ts'
import { runServer } from './server.ts'

/** The commander library hands options on untyped. */
const serverOptions = z.object({ endpoint: z.string(), json: z.boolean().default(false) })
const clientOptions = serverOptions.extend({
  encoding: z.enum(encodingIds),
  frames: z.boolean().default(false),
  timeout: z.number(),
})

const examples = `
Examples:
  $ zmq-inspector server
  $ zmq-inspector client "Hello world!" "Hello again!"
  $ zmq-inspector client --encoding json '{"name":"inspector"}'
  $ zmq-inspector client --frames -- first second -third

Exit codes: 0 done, 1 no reply or another failure, 2 wrong usage.`

function printerFor(json: boolean, encoding: EncodingId): Printer {
  const write = (text: string) => {
    process.stdout.write(text)
  }
  return json ? jsonPrinter(write) : textPrinter(write, encoding)
}

function createProgram(finish: (exitCode: number) => void): Command {
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
    .option('--json', 'print one JSON object a line')
    .action(async (options: unknown) => {
      const { endpoint, json } = serverOptions.parse(options)
      finish(await runServer({ endpoint, printer: printerFor(json, 'text') }))
    })

  program
    .command('client')
    .description('send messages, one after the other, and print the replies')
    .argument('[message...]', `what to send (default: "${defaultMessage}")`)
    .option('--endpoint <endpoint>', 'where to connect', defaultEndpoint)
    .addOption(
      new Option('--encoding <name>', 'how the messages are written, and how messages are shown')
        .choices(encodingIds)
        .default('text'),
    )
    .option('--frames', 'send all arguments as the frames of one message')
    .option('--timeout <time>', 'how long to wait for each reply: 500, 500ms, 5s', parseTimeout, defaultTimeoutMs)
    .option('--json', 'print one JSON object a line')
    .action(async (written: string[], options: unknown) => {
      const { endpoint, encoding, frames, timeout, json } = clientOptions.parse(options)
      const messages = written.length > 0 ? written : [defaultMessage]
      const printer = printerFor(json, encoding)
      finish(await runClient({ endpoint, messages, encoding, frames, timeoutMs: timeout, printer }))
    })
  return program
}

/** Runs the command that the arguments ask for, and returns the exit code. Never rejects. */
export async function runProgram(args: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.usage
  try {
    await createProgram((code) => {
      exitCode = code
    }).parseAsync(args, { from: 'user' })
    return exitCode
  } catch (thrown) {
    // Commander has said already what it has to say; its own code for wrong usage is 1.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.success : exitCodes.usage
    return reportFailure(thrown)
  }
}
