import { hasKnownReason, sentenceOf } from './reason.ts'

/** Every way in which something can fail, in words that code may branch on. */
export const errorCodes = [
  'invalid-argument',
  'invalid-endpoint',
  'address-in-use',
  'address-not-available',
  'permission-denied',
  'unreachable',
  'timeout',
  'request-lost',
  'cancelled',
  'wrong-state',
  'peer-rejected',
  'encode-failed',
  'decode-failed',
  'too-large',
  'file-failed',
  'log-unavailable',
  'closed',
  'internal',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Facts beside the message, for the interface to build on: positions, limits, suggestions. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>

/** An error as it crosses a process boundary. */
export interface ErrorValue {
  readonly code: ErrorCode
  readonly message: string
  readonly details?: ErrorDetails
}

/** The answer to a command: a value, or an error as data. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorValue }

/** An error whose cause is known, to be told to a person. */
export class InspectorError extends Error {
  override readonly name = 'InspectorError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: ErrorDetails,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }

  toValue(): ErrorValue {
    return this.details
      ? { code: this.code, message: this.message, details: this.details }
      : { code: this.code, message: this.message }
  }
}

/**
 * Turns whatever was thrown into an error value. What the system says of files is `file-failed`, and what nobody foresaw is
 * `internal`.
 */
export function toErrorValue(thrown: unknown): ErrorValue {
  if (thrown instanceof InspectorError) return thrown.toValue()
  return { code: hasKnownReason(thrown) ? 'file-failed' : 'internal', message: sentenceOf(thrown) }
}
