import { InspectorError } from '../shared/errors.ts'
import type { Exchange, Frame, SocketAttempt } from '../shared/message.ts'
import type { SocketSpec } from '../shared/session/spec.ts'
import type { SessionState } from '../shared/session/state.ts'
import type { Timing } from '../shared/session/timing.ts'
import type { RecordPlace, TranscriptRecord } from '../shared/transcript/record.ts'
import type { Secrets } from '../shared/zmq/security.ts'
import { wallClock } from './clock.ts'
import { EchoListeners } from './echo-listeners.ts'
import type { EngineHost, EngineProgram } from './host.ts'
import { refusalOf } from './own-limit.ts'
import { earlierRecords } from './series/earlier-records.ts'
import { SeriesBook } from './series/series-book.ts'
import { Session } from './session.ts'
import { prepareContext } from './sockets/context.ts'
import { FoldingLog } from './transcript/folding-log.ts'
import { Recorder } from './transcript/recorder.ts'

prepareContext()

export interface Engine {
  /** The session with this id. Throws `closed` when none was opened. */
  session(id: string): Session
  find(id: string): Session | undefined
  /** Opens a session, or opens the one with this id anew. Throws `InspectorError`. */
  open(id: string, spec: SocketSpec, timing?: Timing | null, secrets?: Secrets): Promise<SessionState>
  /** Sends to the peer with the routing id `to`, where the pattern chooses one. */
  send(id: string, frames: readonly Frame[], timeoutMs: number, to?: Frame | null): Promise<Exchange | null>
  /** Closes the socket; the session's figures are kept. */
  close(id: string): Promise<void>
  /** Closes the socket and deletes the session's figures. */
  remove(id: string): void
  list(): SessionState[]
  /** Numbers out of messages, as a window plots them. */
  readonly series: SeriesBook
  /** All sessions. */
  readonly sessions: Iterable<Session>
  /** Every attempt to connect within the last minute, of all sessions, the oldest first. */
  attempts(): SocketAttempt[]
  /** The record with this number, if it is among the newest: it may not be in a file yet, or never. */
  record(number: number): TranscriptRecord | null
  /** The number of the reply to a request, or of the request of a reply, if it is among the newest. */
  partnerOf(record: RecordPlace): number | null
  /** Forgets the newest records. */
  forgetRecords(): void
  /**
   * Closes every socket. Pending exchanges end with `closed`. Afterwards nothing of the engine keeps the process alive.
   */
  dispose(): Promise<void>
}

/** Everything that touches ZeroMQ, for one host: the engine's thread of the desktop, the command line, or a test. */
export function createEngine(program: EngineProgram): Engine {
  const recorder = new Recorder(program.log)
  const folding = new FoldingLog(recorder, wallClock)
  const host: EngineHost = {
    emit: (event) => program.emit(event),
    log: folding,
    recentOf: (session) => recorder.recentOf(session),
  }
  const sessions = new Map<string, Session>()
  const { flush, page } = program.log
  const pages = flush && page && { flush: flush.bind(program.log), page: page.bind(program.log) }
  const series = new SeriesBook({
    tapOf: (session) => sessions.get(session)?.tap,
    nextNumber: () => recorder.next,
    recentOf: host.recentOf,
    earlierOf: (session, before) => earlierRecords(pages, session, before),
  })
  const echoes = new EchoListeners()
  /** Removed sessions whose sockets are still closing. */
  const leaving = new Set<Promise<void>>()

  const notOpen = () => new InspectorError('closed', 'The connection is not open.')
  const sessionWith = (id: string): Session => {
    const known = sessions.get(id)
    if (!known) throw notOpen()
    return known
  }

  return {
    session: sessionWith,
    find: (id) => sessions.get(id),
    open(id, spec, timing, secrets) {
      const session =
        sessions.get(id) ??
        new Session(host, id, spec, echoes, (to, frames) => refusalOf(sessions.values(), to, frames))
      sessions.set(id, session)
      series.sessionsChanged()
      return session.open(spec, timing, secrets)
    },
    // Passed on directly: an async wrapper would delay every exchange by several turns.
    send: (id, frames, timeoutMs, to) => sessions.get(id)?.send(frames, timeoutMs, to) ?? Promise.reject(notOpen()),
    async close(id) {
      await sessions.get(id)?.close()
    },
    remove(id) {
      const removed = sessions.get(id)
      if (!removed) return
      sessions.delete(id)
      series.sessionsChanged()
      const gone = removed.dispose().then(() => {
        leaving.delete(gone)
        // Another may have its id by now.
        if (!sessions.has(id)) host.emit({ type: 'session.removed', sessionId: id })
      })
      leaving.add(gone)
    },
    list: () => [...sessions.values()].map(({ state }) => state),
    series,
    get sessions() {
      return sessions.values()
    },
    attempts: () => [...sessions.values()].flatMap(({ attempts }) => attempts).sort((one, other) => one.at - other.at),
    record: (number) => recorder.find(number),
    partnerOf: (record) => recorder.partnerOf(record),
    forgetRecords: () => recorder.forget(),
    async dispose() {
      await Promise.all([...[...sessions.values()].map((each) => each.dispose()), ...leaving])
      folding.close()
    },
  }
}
