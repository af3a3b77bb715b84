import type { ArrayForm } from '../codecs/array/elements.ts'
import type { EncodingId, ViewId } from '../codecs/codec.ts'
import type { SeriesSpec } from '../series/series.ts'
import type { TopicKey } from '../topics/key.ts'
import type { Watch } from '../watch/watch.ts'
import type { PatternId } from '../zmq/patterns.ts'

/** How frames at one place are shown. */
export interface StartedView {
  readonly view: ViewId
  readonly array?: ArrayForm
}

/** A watch before it has an id. */
export type StartedWatch = Watch extends infer Kind ? (Kind extends Watch ? Omit<Kind, 'id'> : never) : never

/** A series that is plotted; its label is empty for the usual one. */
export interface StartedSeries extends Pick<SeriesSpec, 'value' | 'x' | 'part'> {
  readonly label: string
}

/** A socket as a starting point makes it. */
export interface StartedSocket {
  readonly name: string
  readonly pattern: PatternId
  readonly how: 'bind' | 'connect'
  readonly endpoint: string
  /** Topics, as text; empty for the usual ones of the pattern. */
  readonly topics: readonly string[]
  /** By the places of the frames, from 0. */
  readonly views: Readonly<Record<number, StartedView>>
  /** The message to send; empty for the usual one. */
  readonly message: readonly { readonly encoding: EncodingId; readonly text: string }[]
  /** Whether its messages are signed, where there is a key. */
  readonly isSigned: boolean
  readonly watches: readonly StartedWatch[]
  /** In which form its messages are shown first. */
  readonly form: 'list' | 'topics' | 'plot'
  /** What tells their topics; null for what is usual. */
  readonly topicKey: TopicKey | null
  readonly series: readonly StartedSeries[]
}

/** Something that many people's programs send, and what it takes to read it. */
export interface StartingPoint {
  readonly id: string
  readonly name: string
  /** What it is, and what is set. */
  readonly words: string
  /** What it was tried with, or after which documentation it was made. */
  readonly source: string
  /** What has to be known first. */
  readonly asks: 'endpoint' | 'connection-file'
  /** Offered as the endpoint. */
  readonly endpoint: string
  readonly sockets: (endpoint: string) => readonly StartedSocket[]
}

/** A socket that connects and shows what comes, where nothing else is said. */
export const startedSocket = (
  socket: Pick<StartedSocket, 'name' | 'pattern' | 'endpoint'> & Partial<StartedSocket>,
): StartedSocket => ({
  how: 'connect',
  topics: [],
  views: {},
  message: [],
  isSigned: false,
  watches: [],
  form: 'list',
  topicKey: null,
  series: [],
  ...socket,
})
