import {
  draftOfSource,
  type SourceDraft,
  type SourceProblems,
  sourceOf,
  sourceProblems,
} from '../values/source-draft.ts'
import type { TimeUnit, Watch, WatchKind } from './watch.ts'
import { watchSchema } from './watch-schema.ts'

/** A watch as it is typed into a form. */
export interface WatchDraft extends SourceDraft {
  readonly id: string
  readonly kind: WatchKind
  /** What messages begin with; empty for all. */
  readonly topic: string
  readonly perTopic: boolean
  readonly unit: TimeUnit
  readonly lateMs: string
  readonly silentSeconds: string
  readonly overPerSecond: string
}

type WatchField = 'topic' | 'lateMs' | 'silentSeconds' | 'overPerSecond'

/** What is wrong with a draft, by field. */
export type WatchProblems = SourceProblems & Partial<Readonly<Record<WatchField, string>>>

export const newWatchDraft = (id: string, kind: WatchKind, hasTopics: boolean): WatchDraft => ({
  id,
  kind,
  topic: '',
  // Behind the topic.
  frame: hasTopics ? '2' : '1',
  encoding: 'json',
  message: null,
  array: 'uint32',
  path: kind === 'age' ? '$.time' : '$.sequence',
  capture: '',
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
  const read = { ...draft, ...draftOfSource(watch.source) }
  return watch.kind === 'sequence'
    ? { ...read, perTopic: watch.perTopic }
    : { ...read, unit: watch.unit, lateMs: shown(watch.lateMs) }
}

/** Empty for none; not a number for what is none. */
const numberIn = (text: string): number | null => (text.trim() === '' ? null : Number(text))

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

const fields: readonly WatchField[] = ['topic', 'lateMs', 'silentSeconds', 'overPerSecond']

/** What is said of a number that cannot be; what is said of the others is the schema's. */
const words: Partial<Record<WatchField, string>> = {
  lateMs: 'Expected milliseconds, above 0.',
  silentSeconds: 'Expected seconds, from 0.1.',
  overPerSecond: 'Expected messages a second, from 1.',
}

/** The watch that a draft says, or what is wrong with it. */
export function readWatchDraft(draft: WatchDraft): { readonly watch: Watch } | { readonly problems: WatchProblems } {
  if (draft.kind === 'rate' && draft.silentSeconds.trim() === '' && draft.overPerSecond.trim() === '') {
    return { problems: { silentSeconds: 'Write seconds of silence, or a rate, or both.' } }
  }
  const ofSource = draft.kind === 'rate' ? {} : sourceProblems(draft)
  if (Object.keys(ofSource).length > 0) return { problems: ofSource }
  const { success, data, error } = watchSchema.safeParse(valueOfDraft(draft))
  if (success) return { watch: data }
  const problems: Partial<Record<WatchField, string>> = {}
  for (const { path, message } of error.issues) {
    const field = fields.find((each) => path.includes(each))
    if (field) problems[field] ??= words[field] ?? message
  }
  return { problems }
}
