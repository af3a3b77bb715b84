import { diffArrays } from 'diff'
import type { Span } from '../codecs/codec.ts'

/** Bytes of one message in whose place there are those of the other. One of the spans may be empty, but not both. */
export interface ByteChange {
  readonly before: Span
  readonly after: Span
}

/** Longer parts of different lengths are not looked through for what they have in common, in bytes. */
const mostCompared = 8192
/** Nor those that differ in more bytes than this. */
const mostDifferences = 1000

/** Places that are told apart; all behind them is one. */
const mostPlaces = 10_000

/** The parts in which bytes differ, in their order. */
export function changedBytes(before: Uint8Array, after: Uint8Array): readonly ByteChange[] {
  const shorter = Math.min(before.length, after.length)
  let first = 0
  while (first < shorter && before[first] === after[first]) first += 1
  let last = 0
  while (last < shorter - first && before[before.length - 1 - last] === after[after.length - 1 - last]) last += 1
  const old = { start: first, end: before.length - last }
  const now = { start: first, end: after.length - last }
  if (old.start === old.end && now.start === now.end) return []
  if (before.length === after.length) return inPlace(before, after, old)
  return aligned(before, after, old, now) ?? [{ before: old, after: now }]
}

/** Of equal lengths: each byte is compared with the one in its place. */
function inPlace(before: Uint8Array, after: Uint8Array, { start, end }: Span): readonly ByteChange[] {
  const changes: ByteChange[] = []
  for (let from = start; from < end; ) {
    let to = from
    while (to < end && before[to] !== after[to]) to += 1
    if (changes.length === mostPlaces) {
      const rest = { start: from, end }
      return [...changes, { before: rest, after: rest }]
    }
    if (to > from) changes.push({ before: { start: from, end: to }, after: { start: from, end: to } })
    from = to + 1
  }
  return changes
}

/** Of different lengths: the shortest way from one to the other; undefined where that takes too long to find. */
function aligned(before: Uint8Array, after: Uint8Array, old: Span, now: Span): readonly ByteChange[] | undefined {
  if (old.end - old.start > mostCompared || now.end - now.start > mostCompared) return undefined
  const parts = diffArrays([...before.subarray(old.start, old.end)], [...after.subarray(now.start, now.end)], {
    maxEditLength: mostDifferences,
  })
  if (!parts) return undefined
  const changes: ByteChange[] = []
  let [place, other] = [old.start, now.start]
  let open: ByteChange | null = null
  for (const { added, removed, count } of parts) {
    if (!added && !removed) {
      if (open) changes.push(open)
      open = null
      place += count
      other += count
      continue
    }
    const from: ByteChange = open ?? { before: { start: place, end: place }, after: { start: other, end: other } }
    if (removed) place += count
    else other += count
    open = { before: { start: from.before.start, end: place }, after: { start: from.after.start, end: other } }
  }
  return open ? [...changes, open] : changes
}
