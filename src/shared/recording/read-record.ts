import { origins, peerOf, type TranscriptRecord } from '../transcript/record.ts'
import { frameOf } from './frame-text.ts'

type Fields = Readonly<Record<string, unknown>>

const isText = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): value is number => Number.isFinite(value)
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && isNumber(value) && value >= 0
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

const oneOf =
  <Value extends string>(values: readonly Value[]) =>
  (value: unknown): value is Value =>
    values.some((each) => each === value)

const isKind = oneOf(['message', 'event'])
const isDirection = oneOf(['sent', 'received', 'none'])
const isOrigin = oneOf(origins)

const noFrames: readonly unknown[] = []

/** The value of a field; `usual` where it is left out or null. Throws an `Error` with words to be put into a sentence. */
function optional<Value, Usual>(
  fields: Fields,
  name: string,
  isValid: (value: unknown) => value is Value,
  usual: Usual,
): Value | Usual {
  const value = fields[name]
  if (value === undefined || value === null) return usual
  if (isValid(value)) return value
  throw new Error(`"${name}" has a value that it cannot have`)
}

/** The same of a field that must be there. */
function required<Value>(fields: Fields, name: string, isValid: (value: unknown) => value is Value): Value {
  const value = optional(fields, name, isValid, undefined)
  if (value === undefined) throw new Error(`"${name}" is missing`)
  return value
}

/**
 * The record of a line. There may be millions of them, so its fields are looked at one by one: a schema takes twice as
 * long. Throws an `Error` with words to be put into a sentence.
 */
export function recordFrom(fields: Fields): TranscriptRecord {
  const frames = optional(fields, 'frames', isList, noFrames).map(frameOf)
  const envelope = optional(fields, 'envelope', isCount, 0)
  if (envelope > frames.length) throw new Error(`its envelope has ${envelope} of ${frames.length} frames`)
  return {
    id: required(fields, 'id', isCount),
    at: required(fields, 'at', isNumber),
    kind: required(fields, 'kind', isKind),
    direction: optional(fields, 'direction', isDirection, 'none'),
    session: required(fields, 'session', isText),
    name: required(fields, 'name', isText),
    frames,
    envelope,
    exchange: optional(fields, 'exchange', isNumber, null),
    roundTripNs: optional(fields, 'roundTripNs', isNumber, null),
    origin: optional(fields, 'origin', isOrigin, null),
    event: optional(fields, 'event', isText, null),
    detail: optional(fields, 'detail', isText, null),
    peer: peerOf({ frames, envelope }),
  }
}
