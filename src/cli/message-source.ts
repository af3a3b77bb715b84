import { CodecError } from '../shared/codecs/index.ts'
import { InspectorError } from '../shared/errors.ts'
import type { Frame } from '../shared/message.ts'
import { encodeArgument } from './arguments.ts'
import { UsageError } from './failure.ts'
import type { Notation } from './quote.ts'
import { partsOfInput, textOfInput } from './standard-input.ts'

/** What a command is given to send. */
export interface MessageInput {
  /** The arguments as given; `-` alone reads standard input. */
  readonly messages: readonly string[]
  readonly notation: Notation
  /** Whether all of it is the frames of one message rather than a message each. */
  readonly frames: boolean
  /** Whether messages of standard input end with NUL rather than with a line. */
  readonly isNullSeparated: boolean
  /** Throws `InspectorError` for a message that the socket cannot send. */
  check(frames: readonly Frame[]): void
}

/** Messages of a command, one after the other. */
export interface MessageSource {
  /** Whether they come from standard input, so that they end by themselves and cannot begin anew. */
  readonly isStream: boolean
  /** Resolves with the next; undefined after the last. */
  next(): Promise<readonly Frame[] | undefined>
  /** Begins anew. */
  rewind(): void
  /** Lets standard input go. */
  close(): void
}

/** Null when there is nothing to send. Throws `UsageError` for an argument that is not in its encoding. */
export function messageSource(input: MessageInput): MessageSource | null {
  const { messages, notation, frames } = input
  if (messages.length === 1 && messages[0] === '-') return fromStandardInput(input)
  if (messages.includes('-')) throw new UsageError("Write '-' alone, to send what standard input says.")
  if (messages.length === 0) return null
  const encoded = messages.map((message) => encodeArgument(message, notation))
  const all = frames ? [encoded] : encoded.map((frame) => [frame])
  for (const message of all) checkMessage(input, message)
  return fromArguments(all)
}

/** What cannot be sent is wrong usage, while nothing was sent. */
function checkMessage({ check }: MessageInput, message: readonly Frame[]): void {
  try {
    check(message)
  } catch (thrown) {
    if (thrown instanceof InspectorError) throw new UsageError(thrown.message, { cause: thrown })
    throw thrown
  }
}

function fromArguments(messages: readonly (readonly Frame[])[]): MessageSource {
  let index = 0
  return {
    isStream: false,
    next: async () => messages[index++],
    rewind: () => {
      index = 0
    },
    close: () => undefined,
  }
}

const [lineFeed, carriageReturn] = [0x0a, 0x0d]

/** A line without the first half of the line break of Windows. */
const withoutReturn = (line: Frame): Frame => (line.at(-1) === carriageReturn ? line.subarray(0, -1) : line)

/** Bytes that are to be text are sent as they are. Throws `UsageError`, which names the line or part of the input. */
function encodePart(bytes: Frame, count: number, notation: Notation): Frame {
  if (notation.encoding === 'text') return bytes
  try {
    return encodeArgument(textOfInput(bytes), notation)
  } catch (thrown) {
    if (!(thrown instanceof CodecError)) throw thrown
    throw new UsageError(`Message ${count} of standard input: ${thrown.message}.`, { cause: thrown })
  }
}

function fromStandardInput({ notation, frames, isNullSeparated }: MessageInput): MessageSource {
  const parts = partsOfInput(isNullSeparated ? 0 : lineFeed)
  let isRead = false
  let count = 0
  const next = async (): Promise<readonly Frame[] | undefined> => {
    const { done, value } = await parts.next()
    if (done) return undefined
    count += 1
    return [encodePart(isNullSeparated ? value : withoutReturn(value), count, notation)]
  }
  const nextOfAll = async (): Promise<readonly Frame[] | undefined> => {
    if (isRead) return undefined
    isRead = true
    const all: Frame[] = []
    for (let part = await next(); part; part = await next()) all.push(...part)
    return all.length > 0 ? all : undefined
  }
  return {
    isStream: true,
    next: frames ? nextOfAll : next,
    rewind: () => undefined,
    close: () => process.stdin.destroy(),
  }
}
