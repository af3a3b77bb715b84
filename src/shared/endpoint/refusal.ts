import type { ErrorDetails } from '../errors.ts'

/** Why a text is not an endpoint. `parseEndpoint` turns it into an error, and checks what it suggests. */
export class Refusal extends Error {
  override readonly name = 'Refusal'

  constructor(
    /** Cause and cure. */
    message: string,
    readonly more: {
      /** What the person probably meant, which may have further mistakes. */
      readonly candidate?: string
      /** The message is the cause alone: these words and the endpoint meant follow. */
      readonly ending?: 'write' | 'did you mean'
      readonly details?: ErrorDetails
    } = {},
  ) {
    super(message)
  }
}

const longest = 40

/** Part of what was typed, for a message. */
export const quoted = (text: string): string => `'${text.length > longest ? `${text.slice(0, longest)}…` : text}'`
