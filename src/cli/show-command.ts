import { type Command, Option } from 'commander'
import { z } from 'zod'
import { maximumSearchLength } from '../shared/transcript/search.ts'
import { loadMessageTypes, optionsForType } from './message-types.ts'
import { typeOptions, viewName, viewNames } from './options.ts'

/** Commander passes options untyped. */
const showOptions = typeOptions.extend({
  decode: viewName.optional(),
  topic: z.array(z.string()).default([]),
  text: z.array(z.string()).default([]),
  filter: z.string().max(maximumSearchLength).default(''),
  events: z.boolean().default(false),
  json: z.boolean().default(false),
})

const collectText = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

/** Adds `show`. `finish` is given the exit code. */
export function addShow(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('show')
    .description('print the messages of a recording as socket commands print them')
    .argument('<file>', "the recording; '-' reads standard input")
    .addOption(
      new Option('--decode <name>', 'encoding of all frames (default: as they were shown when recorded)').choices(
        viewNames,
      ),
    )
    .option('--topic <text>', 'only messages whose first frame begins with this; can be repeated', collectText)
    .option('--text <text>', 'only messages with this in a frame, in any case; can be repeated: all of it', collectText)
    .option('--filter <search>', "only what this finds, as the search of the log does: 'price > 100 -heartbeat'")
    .option('--events', 'print the events of the sockets, too')
    .option('--json', 'print one JSON object per line')
    .action(async (file: string, given: unknown) => {
      const { decode, message, topic, text, filter, events, json, ...types } = showOptions.parse(given)
      const { runShow } = await import('./show.ts')
      const schema = await loadMessageTypes(types, message)
      const named = optionsForType(schema, message)
      const encoding = decode ?? (message === undefined ? undefined : 'protobuf')
      finish(
        await runShow({
          file,
          shownAs: encoding === undefined ? null : { encoding, options: named },
          schema,
          topics: topic,
          texts: text,
          filter,
          showsEvents: events,
          json,
        }),
      )
    })
}
