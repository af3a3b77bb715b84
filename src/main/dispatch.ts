import type { z } from 'zod'
import { type CommandName, commands, type Handlers, type Input } from '../shared/contract/index.ts'
import { InspectorError, type Result, toErrorValue } from '../shared/errors.ts'
import { reasonOf } from '../shared/reason.ts'

/** The schemas by command, typed so that each yields its own command's input. */
const schemas: { readonly [Name in CommandName]: { readonly input: z.ZodType<Input<Name>> } } = commands

function isCommandName(name: unknown): name is CommandName {
  return typeof name === 'string' && Object.hasOwn(commands, name)
}

/** Validates the input against the command's schema; throws with what is wrong and where. */
function parseInput<Name extends CommandName>(name: Name, input: unknown): Input<Name> {
  const parsed = schemas[name].input.safeParse(input)
  if (!parsed.success) {
    const reason = reasonOf(parsed.error)
    throw new InspectorError('invalid-argument', `The window asked for '${name}' with a wrong input: ${reason}.`)
  }
  return parsed.data
}

async function run<Name extends CommandName>(handlers: Handlers, name: Name, input: unknown): Promise<unknown> {
  return handlers[name](parseInput(name, input))
}

/** Answers one call from a window. Whatever arrives, the result is a value: it never throws or rejects. */
export async function dispatch(
  handlers: Handlers,
  name: unknown,
  input: unknown,
  unforeseen: (thrown: unknown) => void,
): Promise<Result<unknown>> {
  try {
    if (!isCommandName(name)) throw new InspectorError('invalid-argument', 'There is no such command.')
    return { ok: true, value: await run(handlers, name, input) }
  } catch (thrown) {
    if (!(thrown instanceof InspectorError)) unforeseen(thrown)
    return { ok: false, error: toErrorValue(thrown) }
  }
}
