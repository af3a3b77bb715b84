import { defaultConnectionOptions } from '../../src/shared/connection.ts'
import type { CommandName, Input } from '../../src/shared/contract.ts'
import { defaultSettings } from '../../src/shared/settings.ts'
import { defaultWorkspace, newFrame } from '../../src/shared/workspace.ts'
import { bytes } from './bytes.ts'
import { labSettings } from './lab.ts'

const connectionId = 'one'
const message = [{ ...newFrame('one-1'), text: 'a' }, newFrame('one-2')]
const filter = { text: '', kind: 'all', direction: 'all', source: null } as const

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
  'server.start': { endpoint: 'tcp://127.0.0.1:*' },
  'server.stop': undefined,
  'connection.open': { connectionId, endpoint: 'tcp://127.0.0.1:5', options: defaultConnectionOptions },
  'connection.close': { connectionId },
  'connection.remove': { connectionId },
  'connection.send': { connectionId, message, timeoutMs: 5000 },
  'connection.cancel': { connectionId },
  'connection.attempts': undefined,
  'connection.lastExchange': { connectionId },
  'repeat.start': { connectionId, message, timeoutMs: 5000, count: null, intervalMs: 0 },
  'repeat.stop': { connectionId },
  'latency.read': { connectionId },
  'latency.reset': { connectionId },
  'latency.export': { connectionId },
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
  'log.clear': undefined,
  'log.export': { filter },
  'schema.read': undefined,
  'schema.add': { what: 'files' },
  'schema.remove': { id: 'one' },
  'schema.removeIncludeRoot': { index: 0 },
  'schema.reload': undefined,
  'file.open': { frameId: 'one-1' },
  'file.save': { name: 'reply.bin', bytes: bytes('a') },
  'attachment.keep': { frameId: 'one-1', bytes: bytes('a') },
  'attachment.copy': { from: 'one-1', to: 'one-2' },
  'clipboard.write': { text: 'a' },
}
