import type { ElementType } from '../codecs/array/elements.ts'
import type { ViewId } from '../codecs/codec.ts'
import type { ValueSource } from '../values/source.ts'
import type { TimeUnit, Watch, WatchKind } from './watch.ts'
import { watchSchema } from './watch-schema.ts'

/** A watch as it is typed into a form. */
export interface WatchDraft {
  readonly id: string
  readonly kind: WatchKind
  /** What messages begin with; empty for all. */
  readonly topic: string
  /** From 1, as are all frames that people see. */
  readonly frame: string
  readonly encoding: ViewId
  /** Of the Protobuf message type; empty for none. */
  readonly message: string
  readonly path: string
  readonly capture: string
  readonly type: ElementType
  readonly littleEndian: boolean
  readonly perTopic: boolean
  readonly unit: TimeUnit
  readonly lateMs: string
  readonly silentSeconds: string
  readonly overPerSecond: string
}

export type WatchField = 'topic' | 'frame' | 'path' | 'capture' | 'lateMs' | 'silentSeconds' | 'overPerSecond'

/** What is wrong with a draft, by field. */
export type WatchProblems = Readonly<Partial<Record<WatchField, string>>>

export const newWatchDraft = (id: string, kind: WatchKind, hasTopics: boolean): WatchDraft => ({
  id,
  kind,
  topic: '',
  // Behind the topic.
  frame: hasTopics ? '2' : '1',
  encoding: 'json',
  message: '',
  path: kind === 'age' ? '$.time' : '$.sequence',
  capture: '',
  type: 'uint32',
  littleEndian: true,
  perTopic: hasTopics,
  unit: 'auto',
  lateMs: '',
  silentSeconds: '5',
  overPerSecond: '',
})

const shown = (number: number | null): string => (number === null ? '' : `${number}`)

/** A watch as a form shows it. */
export function draftOfWatch(watch: Watch, hasTopics: boolean): WatchDraft {
  const draft = { ...newWatchDraft(watch.id, watch.kind, hasTopics), topic: watch.topic?.text ?? '' }
  if (watch.kind === 'rate') {
    return { ...draft, silentSeconds: shown(watch.silentSeconds), overPerSecond: shown(watch.overPerSecond) }
  }
  const { source } = watch
  const read = {
    ...draft,
    frame: `${source.frame + 1}`,
    encoding: source.encoding,
    message: source.message ?? '',
    path: source.path,
    capture: source.capture ?? '',
    ...(source.array ? { type: source.array.type, littleEndian: source.array.littleEndian } : {}),
  }
  return watch.kind === 'sequence'
    ? { ...read, perTopic: watch.perTopic }
    : { ...read, unit: watch.unit, lateMs: shown(watch.lateMs) }
}

/** Empty for none; not a number for what is none. */
const numberIn = (text: string): number | null => (text.trim() === '' ? null : Number(text))

function sourceOf(draft: WatchDraft): ValueSource {
  const { frame, encoding, message, path, capture, type, littleEndian } = draft
  return {
    frame: Number(frame) - 1,
    encoding,
    message: encoding === 'protobuf' && message !== '' ? message : null,
    array: encoding === 'array' ? { type, littleEndian, columns: 1 } : null,
    path,
    capture: encoding === 'text' && capture !== '' ? capture : null,
    isTime: false,
  }
}

/** As the schema wants it, whatever is in it. */
function valueOfDraft(draft: WatchDraft): unknown {
  const { id, kind, perTopic, unit } = draft
  const watched = { id, kind, topic: draft.topic === '' ? null : { encoding: 'text', text: draft.topic } }
  switch (kind) {
    case 'sequence':
      return { ...watched, source: sourceOf(draft), perTopic }
    case 'age':
      return { ...watched, source: sourceOf(draft), unit, lateMs: numberIn(draft.lateMs) }
    case 'rate':
      return { ...watched, silentSeconds: numberIn(draft.silentSeconds), overPerSecond: numberIn(draft.overPerSecond) }
  }
}

const fields: readonly WatchField[] = ['topic', 'frame', 'path', 'capture', 'lateMs', 'silentSeconds', 'overPerSecond']

/** What is said of a number that cannot be; what is said of the others is the schema's. */
const words: WatchProblems = {
  frame: 'Expected the number of a frame, from 1.',
  lateMs: 'Expected milliseconds, above 0.',
  silentSeconds: 'Expected seconds, from 0.1.',
  overPerSecond: 'Expected messages a second, above 0.',
}

/** The watch that a draft says, or what is wrong with it. */
export function readWatchDraft(draft: WatchDraft): { readonly watch: Watch } | { readonly problems: WatchProblems } {
  if (draft.kind === 'rate' && draft.silentSeconds.trim() === '' && draft.overPerSecond.trim() === '') {
    return { problems: { silentSeconds: 'Write seconds of silence, or a rate, or both.' } }
  }
  const { success, data, error } = watchSchema.safeParse(valueOfDraft(draft))
  if (success) return { watch: data }
  const problems: Partial<Record<WatchField, string>> = {}
  for (const { path, message } of error.issues) {
    const field = fields.find((each) => path.includes(each))
    if (field) problems[field] ??= words[field] ?? message
  }
  return { problems }
}
