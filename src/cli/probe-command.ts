import type { Command } from 'commander'
import { z } from 'zod'
import { parseTimeout } from './parse-timeout.ts'

/** Commander passes options untyped. */
const probeOptions = z.object({ json: z.boolean().default(false), timeout: z.number().optional() })

const examples = `
Examples:
  $ zmq-inspector probe tcp://127.0.0.1:5555
  $ zmq-inspector probe tcp://host:5555 ipc:///tmp/socket ws://host:8080
  $ zmq-inspector probe tcp://127.0.0.1:5000-6000
  $ zmq-inspector probe --json tcp://127.0.0.1:5555 | jq -r .socketType

Each address sees one short connection, and no message. Ranges of ports are probed on this machine only.

Exit codes: 0 ZeroMQ at every endpoint, and at one port at least of every range; 1 not; 2 wrong usage.`

/**
 * Adds the command `probe`. `finish` is given the exit code; the process must end then, because the system may still look
 * up a name.
 */
export function addProbe(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('probe')
    .description('say what is behind an endpoint: which socket, which version and security, or what else answers')
    .argument('<endpoint...>', 'what to probe; ports of this machine also as a range')
    .option('--timeout <time>', 'how long each may take: 500, 500ms, 5s (default: less than 2s)', parseTimeout)
    .option('--json', 'print one JSON object per line')
    .addHelpText('after', examples)
    .action(async (endpoints: string[], options: unknown) => {
      const { json, timeout } = probeOptions.parse(options)
      const { runProbe } = await import('./probe.ts')
      finish(await runProbe({ endpoints, json, timeoutMs: timeout }))
    })
}
