import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { app, nativeTheme } from 'electron'
import logFile from 'electron-log/main'
import { JsonFile, type UnusableFile } from '../engine/files/json-file.ts'
import { SchemaStore } from '../engine/protobuf/schema-store.ts'
import { schemaThread } from '../engine/protobuf/schema-thread.ts'
import { EngineThread } from '../engine/thread/engine-thread.ts'
import type { EngineThreadEvent } from '../engine/thread/protocol.ts'
import type { LogBounds } from '../engine/transcript/protocol.ts'
import type { InspectorEvent } from '../shared/contract/index.ts'
import { sentenceOf } from '../shared/reason.ts'
import { mebibytes, type Settings } from '../shared/settings.ts'
import type { Workspace } from '../shared/workspace.ts'
import { allSecretsOf } from '../shared/zmq/security.ts'
import { Attachments } from './attachments.ts'
import { DraftEncoder } from './draft-encoder.ts'
import { logViewsOf } from './frame-views.ts'
import type { Application } from './handlers.ts'
import type { KeptFiles } from './kept-files.ts'
import { settingsPath } from './kept-theme.ts'
import { createLab, lossOf } from './lab.ts'
import { logNotices } from './log-notices.ts'
import { Notices } from './notices.ts'
import { PendingLinks } from './pending-links.ts'
import { Recordings } from './recordings.ts'
import { RunningMark, type UncleanEnd } from './running-mark.ts'
import { safeStorageCipher } from './safe-storage.ts'
import { noSchemas, schemaFileFormat } from './schemas.ts'
import { SecretStore } from './secrets.ts'
import { describeUncleanEnd, newestEntryBefore } from './unclean-end.ts'
import { UnsavedFiles } from './unsaved-files.ts'
import { describeUnusable, titleOfUnusable } from './unusable-files.ts'

const dayMs = 24 * 3600 * 1000

const logBoundsOf = ({ logMebibytes, logDays }: Settings): LogBounds => ({
  maximumBytes: mebibytes(logMebibytes),
  maximumAgeMs: logDays === 0 ? null : logDays * dayMs,
})

/** Reads what was kept, opens the log and makes the engine. `emit` gets every event for the windows. */
export async function createApplication(
  emit: (event: InspectorEvent) => void,
  files: KeptFiles,
): Promise<Application & { dispose(): Promise<void> }> {
  const folder = app.getPath('userData')
  const attachments = new Attachments()
  const notices = new Notices((notice) => emit({ type: 'notice', notice }))
  const tellUnusable = (what: string) => (file: UnusableFile) =>
    notices.add('warning', titleOfUnusable(what, file), describeUnusable(file))
  for (const { what, file } of files.unusable) tellUnusable(what)(file)
  let { settings, workspace } = files.kept
  const unsaved = new UnsavedFiles(notices)
  const keptWorkspace = unsaved.keep('workspace', join(folder, 'workspace.json'), files.workspace, workspace)
  const keptSettings = unsaved.keep('settings', settingsPath(), files.settings, settings)

  const mark = await RunningMark.begin(join(folder, 'running.json'), (thrown) =>
    // On a full disk, say, of which others tell: it is no more than a later notice that is missing.
    logFile.info('A crash could not be noticed at the next start', thrown),
  )
  const startedAt = Date.now()
  const tellUncleanEnd = async (end: UncleanEnd) => {
    const newest = await newestEntryBefore(engine, startedAt)
    notices.add('warning', 'The application did not end by itself last time', describeUncleanEnd(end, newest))
  }

  let isLogOpen = false
  /** What waits for the log to be open. */
  let onLogOpen = (): void => undefined
  const logPath = join(folder, 'log.sqlite')
  const tellOfLog = logNotices(notices, logPath)
  const onEvent = (event: EngineThreadEvent) => {
    switch (event.type) {
      case 'session.changed':
      case 'session.removed':
      case 'latency.changed':
        emit(event)
        return
      case 'log.changed':
        emit(event)
        if (isLogOpen) return
        isLogOpen = true
        onLogOpen()
        return
      case 'log.failed':
        if (!event.isTriedAgain) isLogOpen = false
        tellOfLog(event)
        return
      default:
        tellOfLog(event)
    }
  }
  const engine = new EngineThread({
    worker: new URL('./engine-worker.js', import.meta.url),
    log: { path: logPath, ...logBoundsOf(settings) },
    event: onEvent,
    unforeseen: (description) => logFile.error('Something failed unforeseen in the engine', description),
    ended(reason) {
      logFile.error('The engine has ended', reason)
      const text = `All sockets are closed, and nothing is logged: ${reason}. Quit and start the application again.`
      notices.add('error', 'The engine has ended', text)
    },
  })
  const schemaPath = join(folder, 'schemas.json')
  const schemaFile = new JsonFile(schemaPath, schemaFileFormat, noSchemas)
  const foundSchemas = await schemaFile.read(tellUnusable('schemas'))
  const { sources, includeRoots } = foundSchemas
  const keptSchemas = unsaved.keep('schemas', schemaPath, schemaFile, foundSchemas)
  let kept = JSON.stringify({ sources, includeRoots })
  const recordings = new Recordings(new URL('./log-worker.js', import.meta.url), () => schemas.schema)
  const schemas = new SchemaStore({
    sources,
    includeRoots,
    load: schemaThread(new URL('./schema-worker.js', import.meta.url)),
    changed(state) {
      emit({ type: 'schema.changed', state })
      recordings
        .schemaChanged()
        .catch((thrown: unknown) => notices.add('error', 'The recording cannot preview messages', sentenceOf(thrown)))
      showLogAs(workspace)
      const chosen = {
        sources: state.sources.map(({ id, path, kind }) => ({ id, path, kind })),
        includeRoots: [...state.includeRoots],
      }
      if (JSON.stringify(chosen) === kept) return
      kept = JSON.stringify(chosen)
      keptSchemas
        .save({ version: 1, ...chosen })
        .catch((thrown: unknown) => notices.add('error', 'The list of schemas was not kept', sentenceOf(thrown)))
    },
  })
  let shownAs = ''
  /** Tells the log how frames are shown, when that is another way than before. */
  const showLogAs = (document: Workspace) => {
    const views = logViewsOf(document, schemas.schema)
    const described = JSON.stringify([views.sessions, schemas.state.version])
    if (described === shownAs || !isLogOpen) return
    shownAs = described
    engine
      .call('log.setViews', views)
      .catch((thrown: unknown) => notices.add('error', 'The log cannot preview messages', sentenceOf(thrown)))
  }
  onLogOpen = () => {
    showLogAs(workspace)
    // A log that cannot be read has been told of.
    if (mark.before) tellUncleanEnd(mark.before).catch(() => undefined)
  }
  onLogOpen()
  // The window need not wait for message types that it may never use.
  schemas
    .start()
    .catch((thrown: unknown) => notices.add('error', 'The Protobuf schemas could not be read', sentenceOf(thrown)))
  const secretPath = join(folder, 'secrets.json')
  const secrets = await SecretStore.open(secretPath, safeStorageCipher(), {
    keep: (file, document) => unsaved.keep('secrets', secretPath, file, document),
    unusable: tellUnusable('secrets'),
    changed: (state) => emit({ type: 'secrets.changed', state }),
  })
  // Where the workspace could not be read, nobody knows which sockets it has.
  if (!files.unusable.some(({ what }) => what === 'workspace')) {
    secrets
      .retain(
        workspace.sockets.flatMap(({ security, signing }) => [
          ...allSecretsOf(security),
          ...(signing ? [signing.key] : []),
        ]),
      )
      .catch((thrown: unknown) => notices.add('error', 'Secrets without a socket were not removed', sentenceOf(thrown)))
  }
  const encoder = new DraftEncoder(new URL('./encode-worker.js', import.meta.url), () => ({
    schema: schemas.schema,
    attachment: (frameId) => attachments.bytesOf(frameId),
  }))
  const pendingLinks = new PendingLinks({
    changed: (asked) => emit({ type: 'asked.changed', asked }),
    ignoring: ({ title, text }) => notices.add('warning', title, text),
  })
  const lab = createLab(join(folder, 'lab.sqlite'), notices, engine, (event) => {
    emit(event)
    if (event.type !== 'lab.changed') return
    const { activity, endpoint } = event.state
    mark.note('lab', activity === 'running' ? `a run of the latency lab against ${endpoint}` : null)
  })
  const apply = (next: Settings) => {
    nativeTheme.themeSource = next.theme
  }
  apply(settings)

  await engine.ready
  return {
    attachments,
    encoder,
    engine,
    notices,
    schemas,
    secrets,
    lab,
    pendingLinks,
    recordings,
    unsaved,
    mark,
    losses: {
      get all() {
        return [...unsaved.all.map(({ what, reason }) => `The ${what} file is not saved: ${reason}`), ...lossOf(lab)]
      },
      async tryAgain() {
        await unsaved.tryAgain()
        lab.storeAgain()
      },
    },
    settings: () => settings,
    workspace: () => workspace,
    async saveSettings(next) {
      const before = logBoundsOf(settings)
      settings = next
      apply(next)
      const bounds = logBoundsOf(next)
      const bounded = isDeepStrictEqual(bounds, before) ? undefined : engine.call('log.setBounds', bounds)
      // Neither waits for the other, and neither fails with it.
      const [written, kept] = await Promise.allSettled([keptSettings.save(next), bounded])
      for (const each of [written, kept]) if (each.status === 'rejected') throw each.reason
    },
    async saveWorkspace(next) {
      workspace = next
      attachments.follow(next)
      showLogAs(next)
      // A file that must stay as it is was told of at the start; saving comes with each change.
      if (keptWorkspace.isWritable) await keptWorkspace.save(next)
    },
    async dispose() {
      schemas.dispose()
      encoder.dispose()
      // In this order, and one that fails does not keep the others from being saved. The engine may take long: it writes
      // what the log has not written yet.
      const steps = [
        () => recordings.close(),
        () => lab.dispose(),
        () => unsaved.close(),
        () => engine.dispose(),
        () => mark.remove(),
      ]
      const failures: unknown[] = []
      for (const step of steps) await step().catch((thrown: unknown) => failures.push(thrown))
      if (failures.length > 0) throw failures[0]
    },
  }
}
