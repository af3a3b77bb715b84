import type { Command } from 'commander'
import { z } from 'zod'
import { viewFacts } from '../shared/codecs/facts.ts'
import { parsePath, type TreePath } from '../shared/codecs/tree-path.ts'
import { InspectorError } from '../shared/errors.ts'
import { lastKeyFrame, suggestedSeparator, type TopicKey, type TopicOptions, usualKey } from '../shared/topics/key.ts'
import { isSeparator } from '../shared/topics/separator.ts'
import { type PatternId, patternOf } from '../shared/zmq/patterns.ts'
import { escapeHidden } from './escape-hidden.ts'
import { UsageError } from './failure.ts'
import type { ShownAs } from './quote.ts'

/** Commander passes options untyped. */
export const topicOptions = {
  topics: z.boolean().default(false),
  topicKey: z.string().optional(),
  separator: z.string().optional(),
  watch: z.string().optional(),
}

type Given = z.infer<z.ZodObject<typeof topicOptions>>

/** What is printed in place of messages. */
export type Reading =
  | { readonly kind: 'topics'; readonly options: TopicOptions; readonly shown: ShownAs }
  | {
      readonly kind: 'value'
      /** As it was written. */
      readonly text: string
      readonly path: TreePath
      /** The place of the frame it is in; null for the last frame that has it. */
      readonly frame: number | null
      readonly shown: ShownAs
    }

export function addTopicOptions(command: Command, pattern: PatternId): void {
  const usual = patternOf(pattern).envelope === 'peer' ? 'peer' : 'frame 1'
  command
    .option('--topics', 'print how many messages came of each topic, as a tree, in place of the messages')
    .option(
      '--topic-key <key>',
      `what tells the topic: the number of a frame, peer, or a path such as 2:$.symbol in frame 2 (default: ${usual})`,
    )
    .option('--separator <character>', 'what divides topics into levels, or none (default: as the topics have it)')
    .option('--watch <path>', 'print the value at this path of each message, such as $.price, in place of the message')
}

/** What is to be printed in place of messages; null for the messages. Throws `UsageError`. */
export function readReading(
  pattern: PatternId,
  given: Given,
  received: ShownAs & { readonly isChosen: boolean },
): Reading | null {
  const { topics, topicKey, separator, watch } = given
  if (watch !== undefined && topics) throw new UsageError('Give --topics or --watch, not both.')
  if (!topics && (topicKey !== undefined || separator !== undefined)) {
    throw new UsageError('--topic-key and --separator are for --topics.')
  }
  if (watch !== undefined) {
    const { frame, path } = readPlace(watch)
    return { kind: 'value', text: path, path: pathOf(path), frame, shown: structured(received) }
  }
  if (!topics) return null
  const key = topicKey === undefined ? usualKey(pattern) : readKey(topicKey, received)
  return { kind: 'topics', options: { key, separator: readSeparator(separator) }, shown: received }
}

function readSeparator(text: string | undefined): string | null {
  if (text === undefined) return suggestedSeparator
  if (text === 'none') return null
  if (isSeparator(text)) return text
  throw new UsageError('A separator is one character, or none.')
}

function readKey(text: string, received: ShownAs & { readonly isChosen: boolean }): TopicKey {
  if (text === 'peer') return { by: 'peer' }
  if (/^\d+$/.test(text)) return { by: 'frame', frame: placeOf(text) }
  const { frame, path } = readPlace(text)
  pathOf(path)
  return { by: 'path', frame: frame ?? 0, encoding: structured(received).encoding, message: null, path }
}

/** `$.price`, or `2:$.price` in the second frame. */
function readPlace(text: string): { readonly frame: number | null; readonly path: string } {
  const [, number, path = text] = /^(\d+):(.*)$/s.exec(text) ?? []
  return { frame: number === undefined ? null : placeOf(number), path }
}

/** The place of a frame by its number, which begins at 1. */
function placeOf(number: string): number {
  const place = Number(number) - 1
  if (place >= 0 && place <= lastKeyFrame) return place
  throw new UsageError(`Frames are counted from 1 to ${lastKeyFrame + 1}.`)
}

function pathOf(text: string): TreePath {
  try {
    return parsePath(text)
  } catch (thrown) {
    if (thrown instanceof InspectorError) throw new UsageError(escapeHidden(thrown.message), { cause: thrown })
    throw thrown
  }
}

/** An encoding in which values have paths: JSON, where none was chosen. */
function structured({ encoding, options, isChosen }: ShownAs & { readonly isChosen: boolean }): ShownAs {
  if (viewFacts[encoding].hasTree) return { encoding, options }
  if (!isChosen) return { encoding: 'json', options }
  throw new UsageError(
    `${viewFacts[encoding].label} has no values with paths. Choose JSON, or another encoding that has.`,
  )
}
