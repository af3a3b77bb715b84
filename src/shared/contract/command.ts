import { z } from '../schema.ts'

/** A command: the schema of its input, which the host checks, and the type of its output. */
export interface Command<Input extends z.ZodType, Output> {
  readonly input: Input
  /** Only carries the type; never has a value. */
  readonly output?: () => Output
}

export const command =
  <Output>() =>
  <Input extends z.ZodType>(input: Input): Command<Input, Output> => ({ input })

/** The input of a command that needs none. */
export const nothing = z.undefined()

export const endpoint = z.string().max(1024)
