import { InvalidArgumentError } from 'commander'

/** Upper bound of libzmq's 32-bit options, in milliseconds. */
const longestTimeoutMs = 2_147_483_647

/** Parses `500`, `500ms` or `5s` as milliseconds. */
export function parseTimeout(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text) ?? []
  const milliseconds = Math.round(Number(amount) * (unit === 's' ? 1000 : 1))
  if (milliseconds >= 1 && milliseconds <= longestTimeoutMs) return milliseconds
  throw new InvalidArgumentError('Write milliseconds, such as 500 or 500ms, or seconds, such as 5s.')
}
