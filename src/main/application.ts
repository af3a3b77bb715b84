import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { app, nativeTheme } from 'electron'
import { createEngine } from '../engine/engine.ts'
import { LabService } from '../engine/lab/lab-service.ts'
import { RunShelf } from '../engine/lab/run-shelf.ts'
import { MessageLog } from '../engine/log.ts'
import type { LogBounds } from '../engine/log-protocol.ts'
import { SchemaStore } from '../engine/protobuf/schema-store.ts'
import type { InspectorEvent } from '../shared/contract.ts'
import type { LabState } from '../shared/lab/progress.ts'
import { mebibytes, type Settings } from '../shared/settings.ts'
import type { Workspace } from '../shared/workspace.ts'
import { AskedEndpoints } from './asked.ts'
import type { Application } from './handlers.ts'
import { type DamagedFile, JsonFile } from './json-file.ts'
import type { KeptFiles } from './kept-files.ts'
import { forkLab } from './lab-child.ts'
import { logViewsOf } from './log-views.ts'
import { Notices } from './notices.ts'
import { noSchemas, schemaFileSchema } from './schemas.ts'

function describeDamage({ path, setAside, reason }: DamagedFile): string {
  const trouble = `${path} could not be read (${reason.slice(0, 200)}).`
  return setAside === null
    ? `${trouble} It stays as it is, and nothing is saved until it can be read and the application is started again.`
    : `${trouble} It was kept as ${setAside}, and a fresh one is in use.`
}

const dayMs = 24 * 3600 * 1000

const logBoundsOf = ({ logMebibytes, logDays }: Settings): LogBounds => ({
  maximumBytes: mebibytes(logMebibytes),
  maximumAgeMs: logDays === 0 ? null : logDays * dayMs,
})

const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

function createLab(folder: string, notices: Notices, emit: (event: InspectorEvent) => void): LabService {
  const shelf = new RunShelf({
    path: join(folder, 'lab.sqlite'),
    damaged: (setAside, reason) =>
      notices.add(
        'warning',
        'The file of the latency lab was damaged',
        `It was kept as ${setAside} (${reason}), and a new one begun.`,
      ),
    notKept: (reason) =>
      notices.add(
        'error',
        'The run could not be kept',
        `${reason}. It is here until the application ends: export it to keep it.`,
      ),
  })
  const changed = (state: LabState) => emit({ type: 'lab.changed', state })
  return new LabService({ fork: forkLab, versions: { 'ZeroMQ Inspector': app.getVersion() }, changed }, shelf)
}

/** Reads what was kept, opens the log and makes the engine. `emit` gets every event for the windows. */
export async function createApplication(
  emit: (event: InspectorEvent) => void,
  files: KeptFiles,
): Promise<Application & { dispose(): Promise<void> }> {
  const folder = app.getPath('userData')
  const notices = new Notices((notice) => emit({ type: 'notice', notice }))
  const damaged = (what: string) => (file: DamagedFile) =>
    notices.add(
      'warning',
      `The ${what} file ${file.setAside === null ? 'cannot be read' : 'was damaged'}`,
      describeDamage(file),
    )
  for (const { what, file } of files.damaged) damaged(what)(file)
  let { settings, workspace } = files.kept

  let isLogOpen = false
  /** What waits for the log to be open. */
  let onLogOpen = (): void => undefined
  const log = new MessageLog({
    path: join(folder, 'log.sqlite'),
    ...logBoundsOf(settings),
    worker: new URL('./log-worker.js', import.meta.url),
    changed(status) {
      emit({ type: 'log.changed', status })
      if (isLogOpen) return
      isLogOpen = true
      onLogOpen()
    },
    damaged: (setAside, reason) =>
      notices.add(
        'warning',
        'The log file was damaged',
        `It was kept as ${setAside} (${reason}), and a new one begun.`,
      ),
    failed: (reason) =>
      notices.add('error', 'The log cannot be written', `${reason}. Sending and receiving go on without it.`),
  })
  const schemaFile = new JsonFile(join(folder, 'schemas.json'), schemaFileSchema, noSchemas)
  const { sources, includeRoots } = await schemaFile.read(damaged('schemas'))
  let kept = JSON.stringify({ sources, includeRoots })
  const schemas = new SchemaStore({
    sources,
    includeRoots,
    changed(state) {
      emit({ type: 'schema.changed', state })
      showLogAs(workspace)
      const chosen = {
        sources: state.sources.map(({ id, path, kind }) => ({ id, path, kind })),
        includeRoots: [...state.includeRoots],
      }
      if (JSON.stringify(chosen) === kept) return
      kept = JSON.stringify(chosen)
      schemaFile
        .write({ version: 1, ...chosen })
        .catch((thrown: unknown) => notices.add('error', 'The list of schemas was not kept', reasonOf(thrown)))
    },
  })
  let shownAs = ''
  /** Tells the log how frames are shown, when that is another way than before. */
  const showLogAs = (document: Workspace) => {
    const views = logViewsOf(document, schemas.schema)
    const described = JSON.stringify([views.sources, schemas.state.version])
    if (described === shownAs || log.status === null) return
    shownAs = described
    log
      .setViews(views)
      .catch((thrown: unknown) => notices.add('error', 'The log cannot preview messages', reasonOf(thrown)))
  }
  onLogOpen = () => showLogAs(workspace)
  onLogOpen()
  // The window need not wait for message types that it may never use.
  schemas
    .start()
    .catch((thrown: unknown) => notices.add('error', 'The Protobuf schemas could not be read', reasonOf(thrown)))
  const limits = () => ({ maximumMessageBytes: mebibytes(settings.serverMessageMebibytes) })
  const engine = createEngine({ emit, log }, limits())
  const asked = new AskedEndpoints((endpoints) => emit({ type: 'asked.changed', endpoints }))
  const lab = createLab(folder, notices, emit)
  const apply = (next: Settings) => {
    nativeTheme.themeSource = next.theme
    engine.server.limits = limits()
  }
  apply(settings)

  return {
    engine,
    log,
    notices,
    schemas,
    lab,
    asked,
    settings: () => settings,
    workspace: () => workspace,
    async saveSettings(next) {
      const before = logBoundsOf(settings)
      settings = next
      apply(next)
      const bounds = logBoundsOf(next)
      const bounded = isDeepStrictEqual(bounds, before) ? undefined : log.setBounds(bounds)
      // Neither waits for the other, and neither fails with it.
      const [written, kept] = await Promise.allSettled([files.settings.write(next), bounded])
      for (const each of [written, kept]) if (each.status === 'rejected') throw each.reason
    },
    async saveWorkspace(next) {
      workspace = next
      showLogAs(next)
      await files.workspace.write(next)
    },
    async dispose() {
      await lab.dispose()
      await engine.dispose()
      await files.workspace.settled()
      await files.settings.settled()
      await schemaFile.settled()
      await schemas.dispose()
      await log.close()
    },
  }
}
