import { createInterface } from 'node:readline'
import { InspectorError } from '../shared/errors.ts'
import type { Frame } from '../shared/message.ts'
import { encodeArgument } from './arguments.ts'
import { UsageError } from './failure.ts'
import type { Notation } from './quote.ts'

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

function fromStandardInput({ notation, frames, isNullSeparated }: MessageInput): MessageSource {
  const texts = isNullSeparated ? nullSeparated() : createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  let isRead = false
  const next = async (): Promise<readonly Frame[] | undefined> => {
    const { done, value } = await texts.next()
    return done ? undefined : [encodeArgument(value, notation)]
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

/** The texts of standard input that end with NUL; the last may end without. */
async function* nullSeparated(): AsyncGenerator<string, void> {
  let rest = ''
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    const parts = `${rest}${chunk}`.split('\0')
    rest = parts.pop() ?? ''
    yield* parts
  }
  if (rest !== '') yield rest
}
