import { copyBytesAs } from '../../shared/codecs/copy-as.ts'
import { InspectorError } from '../../shared/errors.ts'
import { formatRoutingId } from '../../shared/session/routing-id.ts'
import { messageOf, type RecordRow, type TranscriptRecord } from '../../shared/transcript/record.ts'
import { maximumSearchLength } from '../../shared/transcript/search.ts'
import type { SocketDraft } from '../../shared/workspace.ts'
import { patternOf } from '../../shared/zmq/patterns.ts'
import { call } from '../api.ts'
import { report } from '../report.ts'
import { send, viewEntry } from './actions.ts'
import { compareWith } from './comparison.ts'
import { askForFocus } from './focus.ts'
import { logStore } from './log-store.ts'
import { shownTranscript } from './recording-store.ts'
import { activeDraft } from './workspace-reducers.ts'
import { workspaceStore } from './workspace-store.ts'

async function recordOf({ id }: Pick<RecordRow, 'id'>): Promise<TranscriptRecord> {
  const record = await call('log.entry', { id, transcript: shownTranscript() })
  if (record) return record
  throw new InspectorError('log-unavailable', 'This entry is no longer in the log: it was deleted.')
}

const draftOf = (session: string): SocketDraft | undefined =>
  workspaceStore.getState().sockets.find(({ id }) => id === session)

/** Makes a message that of the socket that is shown, byte for byte. */
async function takeRow(row: RecordRow): Promise<void> {
  const record = await recordOf(row)
  const { takeAsRequest } = await import('./frame-as-request.ts')
  await takeAsRequest(messageOf(record), record.session)
  askForFocus('request')
}

/** Sends the frames of a message once more, from the socket that sent it and to the same peer. */
async function sendRowAgain(row: RecordRow): Promise<void> {
  const record = await recordOf(row)
  const draft = draftOf(record.session)
  if (!draft) throw new InspectorError('wrong-state', 'The socket that sent this message was removed.')
  const { exactFrames } = await import('./frame-as-request.ts')
  const peer = record.peer === null ? draft.peer : formatRoutingId(record.peer)
  await send({ ...draft, peer, frames: await exactFrames(messageOf(record)) })
}

/** Copies a message, a frame in each line. Throws where a frame is no text. */
async function copyRow(row: RecordRow, form: 'text' | 'hex' | 'base64' | 'preview'): Promise<void> {
  if (form === 'preview') return call('clipboard.write', { text: row.preview })
  const texts = messageOf(await recordOf(row)).map((frame) => copyBytesAs(frame, form))
  if (texts.includes(null)) {
    throw new InspectorError('invalid-argument', 'These bytes are not UTF-8 text. Copy them as hex.')
  }
  await call('clipboard.write', { text: texts.join('\n') })
}

/** Reports a failure, and goes on without: the rest can still be done with a row. */
const orNull = <Value>(asked: Promise<Value>): Promise<Value | null> =>
  asked.catch((thrown: unknown) => {
    report(thrown)
    return null
  })

/** The topic of a row as it is searched for: its first frame. Null where messages have none, or where it is no text. */
export async function topicOfRow(row: RecordRow): Promise<string | null> {
  const draft = draftOf(row.session)
  if (row.kind !== 'message' || !draft || patternOf(draft.pattern).group !== 'Publish and subscribe') return null
  const record = await orNull(recordOf(row))
  const [first] = record ? messageOf(record) : []
  const text = first && copyBytesAs(first, 'text')
  return text ? text.slice(0, maximumSearchLength) : null
}

/** Whether a message is open that is not this one. */
function isOtherOpen({ id }: RecordRow): boolean {
  const { viewed } = logStore.getState()
  return viewed?.kind === 'message' && viewed.id !== id
}

/** What can be done with a row of the log, wherever it is listed. */
export async function actionsOfRow(row: RecordRow) {
  const { pattern } = activeDraft(workspaceStore.getState())
  const draft = draftOf(row.session)
  const isMessage = row.kind === 'message'
  const partner = isMessage ? await orNull(call('log.partner', { id: row.id, transcript: shownTranscript() })) : null
  const is: 'request' | 'reply' = partner !== null && partner < row.id ? 'request' : 'reply'
  const as: 'request' | 'message' = pattern === 'req' ? 'request' : 'message'
  const isOwn = isMessage && row.direction === 'sent' && draft !== undefined && patternOf(draft.pattern).sends
  return {
    open: () => viewEntry(row.id),
    openPartner: partner === null ? null : { is, open: () => viewEntry(partner) },
    use: isMessage && patternOf(pattern).sends ? { as, take: () => takeRow(row) } : null,
    compare: isMessage && isOtherOpen(row) ? () => compareWith(row.id) : null,
    sendAgain: isOwn ? () => sendRowAgain(row) : null,
    copy: (form: 'text' | 'hex' | 'base64' | 'preview') => copyRow(row, form),
  }
}
