import type { Command } from 'commander'
import { z } from 'zod'

const keygenOptions = z.object({
  name: z.string().optional(),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
})

/** Adds `keygen`, which makes a pair of keys for CURVE. */
export function addKeygen(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('keygen')
    .description('make a pair of CURVE keys: FILE for others, and FILE_secret for yourself, as CZMQ names them')
    .argument('<file>', 'the certificate with the public key; the one with both keys is beside it')
    .option('--name <name>', 'whose keys they are, to be kept in both files')
    .option('--force', 'replace files that are already there')
    .option('--json', 'print one JSON object')
    .action(async (path: string, options: unknown) => {
      const { runKeygen } = await import('./keygen.ts')
      finish(await runKeygen({ path, ...keygenOptions.parse(options) }))
    })
}
