import type { Span } from '../codecs/codec.ts'
import type { ByteChange } from './bytes.ts'

/** Bytes that are shown together: those that differ, with some of those around them. Pieces alternate as they come. */
export interface Hunk {
  readonly before: HunkSide
  readonly after: HunkSide
}

export interface HunkSide {
  /** Of its first byte. */
  readonly offset: number
  readonly pieces: readonly HunkPiece[]
  /** Bytes that are left out after the last piece. */
  readonly more: number
}

export interface HunkPiece {
  readonly hex: string
  /** What is no visible ASCII is a dot. */
  readonly text: string
  readonly isChanged: boolean
}

export interface Hunks {
  readonly hunks: readonly Hunk[]
  /** Places that differ and are in no hunk. */
  readonly more: number
}

/** Equal bytes around those that differ. */
const around = 4
/** Bytes of a side that are given. */
const mostBytes = 64
const mostHunks = 100

/** Changes that are so near that what is around them meets. */
function groupsOf(changes: readonly ByteChange[]): readonly (readonly ByteChange[])[] {
  const groups: ByteChange[][] = []
  for (const change of changes) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    if (group && last && change.before.start - last.before.end <= 2 * around) group.push(change)
    else groups.push([change])
  }
  return groups
}

function pieceOf(bytes: Uint8Array, { start, end }: Span, isChanged: boolean): HunkPiece {
  const part = [...bytes.subarray(start, end)]
  return {
    hex: part.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
    text: part.map((byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join(''),
    isChanged,
  }
}

function sideOf(bytes: Uint8Array, changed: readonly Span[]): HunkSide {
  const [first, last] = [changed[0], changed.at(-1)]
  if (!first || !last) throw new Error('A hunk has a change.')
  const offset = Math.max(0, first.start - around)
  const end = Math.min(bytes.length, last.end + around)
  const limit = Math.min(end, offset + mostBytes)
  const pieces: HunkPiece[] = []
  const add = (start: number, stop: number, isChanged: boolean) => {
    const until = Math.min(stop, limit)
    if (until > start) pieces.push(pieceOf(bytes, { start, end: until }, isChanged))
  }
  let at = offset
  for (const span of changed) {
    add(at, span.start, false)
    add(span.start, span.end, true)
    at = span.end
  }
  add(at, end, false)
  return { offset, pieces, more: end - limit }
}

/** Changes as they are shown: the bytes of both sides with some around them. */
export function hunksOf(before: Uint8Array, after: Uint8Array, changes: readonly ByteChange[]): Hunks {
  const groups = groupsOf(changes)
  return {
    hunks: groups.slice(0, mostHunks).map((group) => ({
      before: sideOf(
        before,
        group.map((change) => change.before),
      ),
      after: sideOf(
        after,
        group.map((change) => change.after),
      ),
    })),
    more: groups.slice(mostHunks).reduce((sum, group) => sum + group.length, 0),
  }
}
