import { InspectorError } from '../../shared/errors.ts'
import { type Frame, sizeOf } from '../../shared/message.ts'
import { messageOf, type TranscriptRecord } from '../../shared/transcript/record.ts'
import { Comparisons } from '../../shared/transcript/search/comparisons.ts'
import type { KnownView } from '../../shared/transcript/search/structure.ts'
import { holds, type TermFacts } from '../../shared/transcript/search/term-match.ts'
import { parseSearch, type SearchPattern, type SearchWord } from '../../shared/transcript/search.ts'
import { bytesOf, peersOf } from '../transcript/sql.ts'

/** A record, and what else is known of it. */
export interface FilteredRecord {
  readonly record: TranscriptRecord
  /** What its socket is called; empty for nothing. */
  readonly socket: string
  /** How its frames are known to be encoded, by position; null for unknown. */
  readonly views: readonly (KnownView | null)[]
}

/** Whether a record is searched for, and whether a frame of it is too large to be looked into. */
export interface Filtered {
  readonly isWanted: boolean
  readonly isSkipped: boolean
}

/** Bytes as characters, with the capitals of ASCII as small letters: other bytes stay apart. */
const folded = (bytes: Buffer): string =>
  bytes.toString('latin1').replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase())

function hasWord({ kind, text }: SearchWord, body: Buffer, { record }: FilteredRecord): boolean {
  if (kind === 'bytes') return body.includes(Buffer.from(text, 'hex')) || record.peer === text
  const texts = [record.name, record.event ?? '', record.detail ?? '']
  const small = text.toLowerCase()
  return (
    texts.some((each) => each.toLowerCase().includes(small)) ||
    folded(body).includes(folded(Buffer.from(text))) ||
    peersOf(text).some((peer) => peer === record.peer)
  )
}

function hasMatch({ pattern }: SearchPattern, frames: readonly Frame[], record: TranscriptRecord): boolean {
  const { name, event, detail } = record
  return [name, event ?? '', detail ?? '', ...frames.map((frame) => `${Buffer.from(frame)}`)].some((each) =>
    pattern.test(each),
  )
}

function factsOf({ record, socket }: FilteredRecord, body: Buffer): TermFacts {
  const { at, direction, name, kind, peer, frames, envelope } = record
  const message = {
    size: sizeOf(frames, envelope),
    begins: (text: string) => body.subarray(0, bytesOf(text).length).equals(bytesOf(text)),
    isPeer: (text: string) => peersOf(text).some((each) => peer?.startsWith(each) === true),
  }
  return { at, direction, socket: [socket, name], message: kind === 'message' ? message : null }
}

export type RecordFilter = (filtered: FilteredRecord) => Filtered

/** What tells which records are searched for, without a log. Throws `InspectorError` for a mistake in the text. */
export function recordFilter(text: string): RecordFilter {
  const { words, patterns, terms, comparisons, problem } = parseSearch(text)
  if (problem !== null) throw new InspectorError('invalid-argument', problem)
  const compared = new Comparisons(comparisons)
  return (filtered) => {
    const { record, views } = filtered
    const frames = messageOf(record)
    const body = Buffer.concat(frames)
    const facts = factsOf(filtered, body)
    const isCandidate =
      terms.every(({ condition, excludes }) => holds(condition, facts) !== excludes) &&
      words.every((word) => hasWord(word, body, filtered) !== word.excludes) &&
      patterns.every((pattern) => hasMatch(pattern, frames, record) !== pattern.excludes)
    if (!isCandidate) return { isWanted: false, isSkipped: false }
    const { holds: isWanted, isSkipped } = compared.of({ frames, views, isCut: false })
    return { isWanted, isSkipped }
  }
}
