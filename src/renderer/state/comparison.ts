import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { compactHex } from '../../shared/codecs/hex.ts'
import { isSameMessage } from '../../shared/message.ts'
import type { LogFilter } from '../../shared/transcript/query.ts'
import { messageOf, peerOf, type TranscriptRecord } from '../../shared/transcript/record.ts'
import { patternOf } from '../../shared/zmq/patterns.ts'
import { call } from '../api.ts'
import { readPage } from './read-page.ts'
import { openTranscript, recordedSocket, shownTranscript, useRecording } from './recording-store.ts'
import { workspaceStore } from './workspace-store.ts'

/** In which form an open record is shown: its frames, what changed in them, or how its like come. */
export const recordForms = ['message', 'changes', 'figures'] as const
export type RecordForm = (typeof recordForms)[number]

interface Comparison {
  readonly form: RecordForm
  /** The number of the record that others are compared with; null for the one before each. */
  readonly base: number | null
}

/** `of`: the transcript that the base is a record of. */
const comparison = createStore<Comparison & { readonly of: ReturnType<typeof openTranscript> }>()(() => ({
  form: 'message',
  base: null,
  of: null,
}))

export function useComparison(): Comparison {
  const { form, base, of } = useStore(comparison)
  const now = useRecording(({ isShown, opening }) => (isShown ? opening : null))
  return { form, base: of === now ? base : null }
}

export const showForm = (form: RecordForm): void => comparison.setState({ form })

/** Compares what is open with a record, or again with the one before it. */
export const compareWith = (base: number | null): void =>
  comparison.setState({ form: 'changes', base, of: openTranscript() })

/** Bytes that a topic is searched by: more would be longer than a search may be. */
const mostSearched = 400

/** Messages with a first frame: with this very one, or else, where it is long, with one that begins as it does. */
const withTopic = (bytes: Uint8Array): Pick<LogFilter, 'part' | 'text'> => ({
  part: bytes.byteLength > mostSearched ? 'topic' : 'first-frame',
  text: `h'${compactHex(bytes.subarray(0, mostSearched))}'`,
})

/** What tells the topic of a message: its first frame where others follow; null where it has none. */
export function topicFrame(record: TranscriptRecord): Uint8Array | null {
  const socket =
    recordedSocket(record.session) ?? workspaceStore.getState().sockets.find(({ id }) => id === record.session)
  if (!socket || patternOf(socket.pattern).group !== 'Publish and subscribe') return null
  const [first, second] = messageOf(record)
  return first && second && first.byteLength > 0 ? first : null
}

/** The messages that a record is one of: of its socket and direction, and of its topic or peer where it has one. */
export function likeFilter(record: TranscriptRecord): LogFilter {
  const topic = topicFrame(record)
  const peer = peerOf(record)
  return {
    kind: 'message',
    session: record.session,
    transcript: shownTranscript(),
    hides: [record.direction === 'sent' ? 'received' : 'sent'],
    ...(topic ? withTopic(topic) : peer === null || peer === '' ? { text: '' } : { part: 'peer', text: peer }),
  }
}

/** Whether two records are of one topic and peer: the log is searched for what begins so. */
function isLike(one: TranscriptRecord, other: TranscriptRecord): boolean {
  if (peerOf(one) !== peerOf(other)) return false
  const [topic, otherTopic] = [topicFrame(one), topicFrame(other)]
  return topic && otherTopic ? isSameMessage([topic], [otherTopic]) : topic === otherTopic
}

/** Records that are read at once, and of how many the topic is looked at in all. */
const pageRows = 20

/**
 * The message before a record that is like it; null when there is none in the log. `isWanted` says whether to go on: null,
 * too, when it does not.
 */
export async function findEarlier(record: TranscriptRecord, isWanted: () => boolean): Promise<TranscriptRecord | null> {
  const filter = likeFilter(record)
  for (let beforeId = record.id; isWanted(); ) {
    const rows = await readPage({ filter, sort: null, afterId: null, beforeId, limit: pageRows }, isWanted)
    for (const { id } of rows.toReversed()) {
      if (!isWanted()) return null
      const earlier = await call('log.entry', { id, transcript: filter.transcript })
      if (earlier && isLike(record, earlier)) return earlier
      beforeId = id
    }
    if (rows.length < pageRows) return null
  }
  return null
}
