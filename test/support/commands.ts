import type { CommandName, Input } from '../../src/shared/contract/index.ts'
import { requestSpec } from '../../src/shared/session/spec.ts'
import { defaultSettings } from '../../src/shared/settings.ts'
import { defaultWorkspace, newFrame } from '../../src/shared/workspace.ts'
import { bytes } from './bytes.ts'
import { labSettings } from './lab.ts'

const sessionId = 'one'
const message = [{ ...newFrame('one-1'), text: 'a' }, newFrame('one-2')]
const filter = { text: '', kind: 'all', hides: [], session: null } as const

/** A valid input for each command. */
export const examples: { readonly [Name in CommandName]: Input<Name> } = {
  'app.snapshot': undefined,
  'app.versions': undefined,
  'asked.answered': { endpoint: 'tcp://127.0.0.1:5', added: true },
  'asked.ignoreAll': undefined,
  'notice.dismiss': { id: 1 },
  'workspace.save': defaultWorkspace,
  'workspace.saveChanges': { workspace: defaultWorkspace, save: 1, basedOn: null, unchanged: [] },
  'settings.save': defaultSettings,
  'settings.reveal': undefined,
  'window.zoom': { to: 'larger' },
  'window.toggleFullScreen': undefined,
  'window.close': undefined,
  'session.open': { sessionId, spec: requestSpec('tcp://127.0.0.1:5') },
  'session.close': { sessionId },
  'session.remove': { sessionId },
  'session.send': { sessionId, message, timeoutMs: 5000 },
  'message.encode': { message },
  'session.attach': { sessionId, attachment: { how: 'bind', endpoint: 'tcp://127.0.0.1:6' } },
  'session.detach': { sessionId, index: 0 },
  'session.subscribe': { sessionId, subscriptions: [{ encoding: 'hex', text: '00 ff' }] },
  'session.time': { sessionId, timing: { match: 'frame', frame: 1, repliesOn: null } },
  'session.cancel': { sessionId },
  'session.attempts': undefined,
  'session.lastExchange': { sessionId },
  'repeat.start': { sessionId, message, timeoutMs: 5000, count: null, intervalMs: 0 },
  'repeat.stop': { sessionId },
  'latency.read': { sessionId },
  'latency.reset': { sessionId },
  'latency.restore': { sessionId },
  'latency.export': { sessionId },
  'lab.start': { settings: labSettings, message },
  'lab.cancel': undefined,
  'lab.calibrate': { message },
  'lab.list': undefined,
  'lab.read': { id: 1 },
  'lab.rename': { id: 1, name: 'second' },
  'lab.remove': { id: 1 },
  'lab.import': undefined,
  'lab.export': { id: 1, format: 'json', step: 0 },
  'lab.showReport': { ids: [2, 1], baseline: 1 },
  'lab.saveReport': { ids: [1], baseline: 1 },
  'log.count': { filter },
  'log.query': { filter, afterId: null, beforeId: 5, limit: 100 },
  'log.entry': { id: 1 },
  'log.partner': { id: 1 },
  'log.record': { recording: false },
  'log.clear': undefined,
  'log.export': { filter },
  'schema.read': undefined,
  'schema.add': { what: 'files' },
  'schema.remove': { id: 'one' },
  'schema.removeIncludeRoot': { index: 0 },
  'schema.reload': undefined,
  'schema.cancel': undefined,
  'file.open': { frameId: 'one-1' },
  'file.save': { name: 'reply.bin', bytes: bytes('a') },
  'attachment.keep': { frameId: 'one-1', bytes: bytes('a') },
  'attachment.copy': { from: 'one-1', to: 'one-2' },
  'clipboard.write': { text: 'a' },
}
