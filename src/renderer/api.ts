import type { CommandName, Input, InspectorEvent, Output } from '../shared/contract/index.ts'
import { InspectorError, type Result } from '../shared/errors.ts'

/** What the preload script exposes on `window`. */
interface Bridge {
  call<Name extends CommandName>(name: Name, input: Input<Name>): Promise<Result<Output<Name>>>
  onEvents(listener: (events: readonly InspectorEvent[]) => void): () => void
}

declare global {
  interface Window {
    readonly inspector: Bridge
  }
}

type Arguments<Name extends CommandName> = Input<Name> extends undefined ? [] : [input: Input<Name>]

/** Sends a command to the host. Throws the `InspectorError` that the host answered with. */
export async function call<Name extends CommandName>(name: Name, ...args: Arguments<Name>): Promise<Output<Name>>
export async function call(name: CommandName, input?: Input<CommandName>): Promise<Output<CommandName>> {
  const result = await window.inspector.call(name, input)
  if (result.ok) return result.value
  throw new InspectorError(result.error.code, result.error.message, result.error.details)
}

/** Subscribes to the host's batches of events. Returns the unsubscribe function. */
export function onEvents(listener: (events: readonly InspectorEvent[]) => void): () => void {
  return window.inspector.onEvents(listener)
}
