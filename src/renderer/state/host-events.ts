import type { InspectorEvent, Snapshot } from '../../shared/contract/index.ts'
import type { EngineEvent } from '../../shared/session/event.ts'
import { labStateStore } from './lab-state-store.ts'
import { logStore } from './log-store.ts'
import { noticeStore, withAllNotices, withNotice } from './notice-store.ts'
import { noteTraffic } from './rate-history.ts'
import { secretsStore } from './secrets-store.ts'
import { sessionStore, withAllSessions, withSessionEvents } from './session-store.ts'
import { settingsStore } from './settings-store.ts'
import { nothingAsked, windowStore } from './window-store.ts'

/**
 * Takes the host's answer to a window that asked for everything. Events that are newer may come before it: they win, and
 * so do `keptSettings`, with which the window began.
 */
export function takeSnapshot(snapshot: Snapshot, keptSettings: boolean): void {
  sessionStore.setState((before) => withAllSessions(before, snapshot.sessions))
  noteTraffic(Object.values(sessionStore.getState().sessions), Date.now())
  noticeStore.setState((before) => withAllNotices(before, snapshot.notices), true)
  logStore.setState(({ status }) => ({ status: status ?? snapshot.log }))
  labStateStore.setState((before) => (before.seq > snapshot.lab.seq ? before : snapshot.lab))
  if (!keptSettings) settingsStore.setState(snapshot.settings)
  windowStore.setState(({ asked }) => ({ ready: true, asked: asked === nothingAsked ? snapshot.asked : asked }))
}

/** Takes events that change what the window knows. Commands and message types are handled elsewhere. */
export function takeEvents(events: readonly InspectorEvent[]): void {
  const ofSessions: EngineEvent[] = []
  for (const event of events) {
    switch (event.type) {
      case 'session.changed':
      case 'session.removed':
      case 'latency.changed':
        ofSessions.push(event)
        break
      case 'log.changed':
        logStore.setState({ status: event.status })
        break
      case 'lab.changed':
        labStateStore.setState((before) => (event.state.seq < before.seq ? before : event.state))
        break
      case 'asked.changed':
        windowStore.setState({ asked: event.asked })
        break
      case 'secrets.changed':
        secretsStore.setState(event.state, true)
        break
      case 'notice':
        noticeStore.setState((before) => withNotice(before, event.notice), true)
        break
      case 'app.command':
      case 'schema.changed':
    }
  }
  if (ofSessions.length === 0) return
  sessionStore.setState((before) => withSessionEvents(before, ofSessions))
  // Those that were taken: an event may be older than what is known.
  const { sessions } = sessionStore.getState()
  const changed = new Set(ofSessions.map((event) => (event.type === 'session.changed' ? event.state.sessionId : '')))
  noteTraffic(
    [...changed].flatMap((id) => sessions[id] ?? []),
    Date.now(),
  )
}
