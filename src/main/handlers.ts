import { clipboard } from 'electron'
import { version } from '../../package.json'
import { signMessage } from '../engine/jupyter/signature.ts'
import { exportRun } from '../engine/lab/exports.ts'
import type { LabService } from '../engine/lab/lab-service.ts'
import type { SchemaStore } from '../engine/protobuf/schema-store.ts'
import type { EngineThread } from '../engine/thread/engine-thread.ts'
import type { MessageLog } from '../engine/transcript/log.ts'
import { type ReadableLog, readEntries } from '../engine/transcript/read-entries.ts'
import type { CodecOptions } from '../shared/codecs/codec.ts'
import { optionsOf } from '../shared/codecs/protobuf/options.ts'
import type { ProtobufSchema } from '../shared/codecs/protobuf/schema.ts'
import type { Handlers } from '../shared/contract/index.ts'
import type { ExportForm } from '../shared/contract/log.ts'
import type { Signing } from '../shared/jupyter/signing.ts'
import { framesOf } from '../shared/lab/plan.ts'
import { securityOfLab } from '../shared/lab/security.ts'
import { runName } from '../shared/lab/words.ts'
import { type Frame, sizeOf } from '../shared/message.ts'
import { checkProgramSize } from '../shared/program/program-size.ts'
import { recordingExtension } from '../shared/recording/format.ts'
import type { PointPage } from '../shared/series/page.ts'
import { mebibytes, type Settings } from '../shared/settings.ts'
import type { ExportedLog } from '../shared/transcript/exported.ts'
import type { Watch } from '../shared/watch/watch.ts'
import type { Workspace } from '../shared/workspace.ts'
import { secretsOf } from '../shared/zmq/security.ts'
import type { Attachments } from './attachments.ts'
import { CommandOrder } from './command-order.ts'
import { previewCsv } from './csv-preview.ts'
import type { DraftEncoder } from './draft-encoder.ts'
import { asCsv, asJsonLines, asRecording, exportLatency, exportLog, exportSeries, type LogForm } from './exports.ts'
import { openFile, openForFrame, saveBytes, saveFile } from './files.ts'
import { jupyterHandlers } from './jupyter-handlers.ts'
import { fileNameOf, openRun } from './lab-files.ts'
import { openReport, saveReport } from './lab-report.ts'
import { LogExport } from './log-export.ts'
import type { Notices } from './notices.ts'
import type { PendingLinks } from './pending-links.ts'
import type { Losses } from './quit-question.ts'
import { recordedSockets } from './recorded-sockets.ts'
import type { Recordings } from './recordings.ts'
import type { RunningMark } from './running-mark.ts'
import { addSchemas } from './schemas.ts'
import { secretHandlers } from './secret-handlers.ts'
import type { SecretStore } from './secrets.ts'
import { revealSettings } from './settings-file.ts'
import type { UnsavedFiles } from './unsaved-files.ts'
import { versions } from './versions.ts'
import { closeWindow, toggleFullScreen, zoom } from './window-commands.ts'
import { WorkspaceChanges } from './workspace-changes.ts'

/** What the handlers use, made by the composition root. */
export interface Application {
  readonly engine: EngineThread
  readonly attachments: Attachments
  readonly encoder: DraftEncoder
  readonly notices: Notices
  readonly schemas: SchemaStore
  readonly secrets: SecretStore
  readonly lab: LabService
  readonly pendingLinks: PendingLinks
  readonly recordings: Recordings
  readonly unsaved: UnsavedFiles
  readonly mark: RunningMark
  /** What would be lost by quitting now. */
  readonly losses: Losses
  readonly settings: () => Settings
  readonly workspace: () => Workspace
  saveSettings(settings: Settings): Promise<void>
  saveWorkspace(workspace: Workspace): Promise<void>
}

const routingIdOf = (to: string | null | undefined): Frame | null => (to ? Buffer.from(to, 'hex') : null)

const exportTo = (path: string): string => `an export to ${path}`

/** The options of the encoding of a value that is watched. */
const decodingOf = (schema: ProtobufSchema, watch: Watch): CodecOptions =>
  watch.kind === 'rate' ? {} : optionsOf(schema, watch.source.message)

const sessionHandlers = ({ encoder, engine, mark, schemas, secrets }: Application) => {
  const order = new CommandOrder()
  const signed = (frames: readonly Frame[], signing: Signing | null | undefined) =>
    signing ? signMessage(frames, secrets.read(signing.key)) : frames
  /** What the person asks for while a long message is being encoded must not come before it. */
  const inTurn =
    <Of extends { readonly sessionId: string }, Output>(act: (input: Of) => Promise<Output>) =>
    (input: Of): Promise<Output> =>
      order.run(input.sessionId, input, act)
  return {
    'session.open': inTurn(async (input) =>
      engine.call('session.open', { ...input, secrets: secrets.resolve(secretsOf(input.spec.security)) }),
    ),
    'session.secure': inTurn(async (input) =>
      engine.call('session.secure', { ...input, secrets: secrets.resolve(secretsOf(input.security)) }),
    ),
    'session.admit': (input) => engine.call('session.admit', input),
    'session.close': inTurn((input) => engine.call('session.close', input)),
    'session.remove': inTurn((input) => engine.call('session.remove', input)),
    'session.attach': inTurn((input) => engine.call('session.attach', input)),
    'session.detach': inTurn((input) => engine.call('session.detach', input)),
    'session.subscribe': inTurn((input) => engine.call('session.subscribe', input)),
    'session.time': inTurn((input) => engine.call('session.time', input)),
    'session.watch': inTurn(({ watches, ...input }) =>
      engine.call('session.watch', {
        ...input,
        watches: watches.map((watch) => ({
          watch,
          decoding: decodingOf(schemas.schema, watch),
          schema: schemas.state.version,
        })),
      }),
    ),
    'session.cancel': inTurn((input) => engine.call('session.cancel', input)),
    'session.attempts': () => engine.call('session.attempts'),
    'session.lastExchange': (input) => engine.call('session.lastExchange', input),
    'repeat.stop': inTurn((input) => engine.call('repeat.stop', input)),
    'latency.read': (input) => engine.call('latency.read', input),
    'latency.reset': inTurn((input) => engine.call('latency.reset', input)),
    'latency.restore': inTurn((input) => engine.call('latency.restore', input)),
    'session.send': async ({ sessionId, message, timeoutMs, to, signing }) =>
      order.run(sessionId, encoder.encode(message), async ({ frames: unsigned, encodeNs }) => {
        const frames = signed(unsigned, signing)
        return {
          exchange: await engine.call('session.send', { sessionId, frames, timeoutMs, to: routingIdOf(to) }),
          encodeNs,
        }
      }),
    'message.encode': async ({ message, signing }) => {
      const { frames } = await encoder.encode(message)
      checkProgramSize(frames)
      return signed(frames, signing)
    },
    'repeat.start': async ({ message, to, signing, ...plan }) =>
      order.run(plan.sessionId, encoder.encode(message), async ({ frames }) =>
        engine.call('repeat.start', { ...plan, frames: signed(frames, signing), to: routingIdOf(to) }),
      ),
    'latency.export': async ({ sessionId }) => {
      let omitted = 0
      const path = await saveFile('latency.csv', async (chosen) => {
        const samples = await engine.call('latency.samples', { sessionId })
        omitted = samples.omitted
        await mark.during(exportTo(chosen), () => exportLatency(chosen, samples))
      })
      return { path, omitted }
    },
  } satisfies Partial<Handlers>
}

const probeHandlers = ({ engine }: Application) =>
  ({
    'probe.run': (input) => engine.call('probe.run', input),
    'probe.range': (input) => engine.call('probe.range', input),
    'probe.cancel': () => engine.call('probe.cancel'),
  }) satisfies Partial<Handlers>

const topicHandlers = ({ engine, schemas }: Application) =>
  ({
    'topics.watch': (input) => {
      const message = input.key.by === 'path' ? input.key.message : null
      return engine.call('topics.watch', { ...input, decoding: optionsOf(schemas.schema, message) })
    },
    'topics.page': (input) => engine.call('topics.page', input),
    'topics.expand': (input) => engine.call('topics.expand', input),
    'topics.stop': (input) => engine.call('topics.stop', input),
  }) satisfies Partial<Handlers>

const seriesHandlers = ({ engine, mark, schemas }: Application) => {
  const optionsFor = ({ message }: { readonly message: string | null }) => optionsOf(schemas.schema, message)
  async function* pagesOfSeries(id: string): AsyncGenerator<PointPage> {
    for (let from: number | null = null; ; ) {
      const page: PointPage = await engine.call('series.points', { id, from })
      yield page
      if (page.next === null) return
      from = page.next
    }
  }
  return {
    'series.watch': async ({ series }) => {
      await engine.call('series.watch', {
        series: series.map((spec) => ({
          spec,
          decoding: { value: optionsFor(spec.value), x: typeof spec.x === 'string' ? {} : optionsFor(spec.x) },
          schema: schemas.state.version,
        })),
      })
    },
    'series.page': (input) => engine.call('series.page', input),
    'series.suggest': ({ message, ...input }) =>
      engine.call('series.suggest', { ...input, options: optionsOf(schemas.schema, message) }),
    'series.export': async ({ series, span }) => {
      let points = 0
      const path = await saveFile('plot.csv', async (chosen) => {
        const exported = series.map(({ id, label }) => ({ name: label, pages: pagesOfSeries(id) }))
        points = await mark.during(exportTo(chosen), () => exportSeries(chosen, exported, span))
      })
      return { path, points }
    },
  } satisfies Partial<Handlers>
}

const labHandlers = ({ encoder, lab, secrets, settings }: Application) => {
  const order = new CommandOrder()
  return {
    'lab.start': async ({ settings: of, message, password }) =>
      order.run('lab', encoder.encode(message), async (encoded) => {
        const security = securityOfLab(of.security, password)
        const used = Object.fromEntries(secretsOf(security).map((id) => [id, secrets.read(id)]))
        const frames = framesOf(of.load, encoded.frames)
        const encodeNs = frames === encoded.frames ? encoded.encodeNs : null
        lab.start({ settings: of, ...encoded, frames, encodeNs }, runName(of, sizeOf(frames)), {
          security,
          secrets: used,
        })
      }),
    'lab.cancel': async () => order.run('lab', undefined, async () => lab.cancel()),
    'lab.calibrate': async ({ message }) =>
      order.run('lab', encoder.encode(message), ({ frames }) => lab.calibrate(frames)),
    'lab.list': async () => lab.runs.list(),
    'lab.read': async ({ id }) => lab.runs.read(id),
    'lab.rename': async ({ id, name }) => {
      lab.runs.rename(id, name)
      lab.listChanged()
    },
    'lab.remove': async ({ id }) => {
      lab.runs.remove(id)
      lab.listChanged()
    },
    'lab.import': async () => {
      const run = await openRun(mebibytes(settings().fileMebibytes))
      if (!run) return null
      const id = lab.runs.add(run)
      lab.listChanged()
      return id
    },
    'lab.export': async ({ id, format, step }) => {
      const run = lab.runs.read(id)
      const text = exportRun(run, format, step)
      return { path: await saveBytes(fileNameOf(run.name, format), Buffer.from(text)) }
    },
    'lab.showReport': (chosen) => openReport(lab, chosen),
    'lab.saveReport': async (chosen) => ({ path: await saveReport(lab, chosen) }),
  } satisfies Partial<Handlers>
}

const logOf = (engine: EngineThread): ReadableLog => ({
  flush: () => engine.call('log.flush'),
  survey: (input) => engine.call('log.survey', input),
  page: (input) => engine.call('log.page', input),
})

/** The text of an export, and the end of its file's name. */
function exportAs(
  { schemas, workspace }: Application,
  form: ExportForm | undefined,
): { readonly extension: string; readonly text: LogForm } {
  switch (form?.format) {
    case 'recording': {
      const header = { application: version, at: Date.now() }
      return { extension: recordingExtension, text: asRecording(header, recordedSockets(workspace(), schemas.schema)) }
    }
    case 'csv':
      return { extension: 'csv', text: asCsv(form.columns, schemas.schema) }
    case 'ndjson':
    case undefined:
      return { extension: 'ndjson', text: asJsonLines }
  }
}

const nothingExported: ExportedLog = { entries: 0, removed: 0, cleared: false }

const logHandlers = (application: Application) => {
  const exporting = new LogExport()
  const { engine, mark, recordings } = application
  const partnerIn = async (log: MessageLog, id: number): Promise<number | null> => {
    const record = await log.entry(id)
    if (!record || record.exchange === null) return null
    return log.partner({ id, session: record.session, exchange: record.exchange })
  }
  return {
    'log.query': (query) => (query.filter.transcript ? recordings.log.search(query) : engine.call('log.search', query)),
    'log.count': (input) => (input.filter.transcript ? recordings.log.count(input) : engine.call('log.count', input)),
    'log.entry': ({ id, transcript }) => (transcript ? recordings.log.entry(id) : engine.call('log.entry', { id })),
    'log.partner': ({ id, transcript }) =>
      transcript ? partnerIn(recordings.log, id) : engine.call('log.partner', { id }),
    'log.record': (input) => engine.call('log.record', input),
    'log.clear': () => engine.call('log.clear'),
    'log.csv': (asked) => previewCsv(engine, asked, application.workspace(), application.schemas.schema),
    'log.export': async ({ filter, as: form }) => {
      const saved = await exporting.run(async (watched) => {
        let exported = nothingExported
        const { extension, text } = exportAs(application, form)
        const path = await saveFile(`log.${extension}`, async (chosen) => {
          const entries = readEntries(filter.transcript ? recordings.log : logOf(engine), filter, watched)
          exported = await mark.during(exportTo(chosen), () => exportLog(chosen, entries, text))
        })
        return { path, ...exported }
      })
      return saved ?? { path: null, ...nothingExported }
    },
    'log.exportProgress': async () => exporting.progress,
    'log.cancelExport': async () => exporting.cancel(),
  } satisfies Partial<Handlers>
}

const recordingHandlers = ({ recordings }: Application) =>
  ({
    'recording.open': () => recordings.open(),
    'recording.progress': async () => recordings.progress,
    'recording.cancel': async () => recordings.cancel(),
    'recording.close': () => recordings.close(),
  }) satisfies Partial<Handlers>

const schemaHandlers = ({ schemas }: Application) =>
  ({
    'schema.read': async () => schemas.schema,
    'schema.add': ({ what }) => addSchemas(schemas, what),
    'schema.remove': ({ id }) => schemas.remove(id),
    'schema.removeIncludeRoot': ({ index }) =>
      schemas.changeIncludeRoots((before) => before.filter((_path, each) => each !== index)),
    'schema.reload': () => schemas.reload(),
    'schema.cancel': async () => schemas.cancel(),
  }) satisfies Partial<Handlers>

/** The handler of every command in the contract. */
export function createHandlers(application: Application): Handlers {
  const changes = new WorkspaceChanges()
  const { attachments, engine, lab, notices, pendingLinks, schemas, settings, workspace } = application
  return {
    ...sessionHandlers(application),
    ...topicHandlers(application),
    ...seriesHandlers(application),
    ...probeHandlers(application),
    ...labHandlers(application),
    ...logHandlers(application),
    ...recordingHandlers(application),
    ...schemaHandlers(application),
    ...secretHandlers(application.secrets, { openFile, saveFile }),
    ...jupyterHandlers(application.secrets, openFile),
    'app.snapshot': async () => ({
      ...(await engine.call('engine.snapshot')),
      workspace: workspace(),
      settings: settings(),
      notices: notices.all,
      schemas: schemas.state,
      lab: lab.state,
      asked: pendingLinks.asked,
      attachments: attachments.frameIds,
    }),
    'app.versions': async () => versions(await engine.call('engine.versions')),
    'asked.answered': async ({ endpoint, added }) => pendingLinks.answered(endpoint, added),
    'asked.ignoreAll': async () => pendingLinks.ignoreAll(),
    'notice.dismiss': async ({ id }) => notices.dismiss(id),
    'workspace.save': (document) => {
      changes.forget()
      return application.saveWorkspace(document)
    },
    'workspace.saveChanges': async (input) => application.saveWorkspace(changes.apply(input, workspace())),
    'settings.save': async (document) => {
      await application.saveSettings(document)
      return settings()
    },
    'settings.reveal': async () => revealSettings(),
    'window.zoom': async ({ to }) => zoom(to),
    'window.toggleFullScreen': async () => toggleFullScreen(),
    'window.close': async () => closeWindow(),
    'file.open': ({ frameId }) => openForFrame(frameId, attachments, mebibytes(settings().fileMebibytes)),
    'file.save': async ({ name, bytes }) => ({ path: await saveBytes(name, bytes) }),
    'attachment.keep': async ({ frameId, bytes }) => attachments.keep(frameId, bytes),
    'attachment.copy': async ({ from, to }) => attachments.copy(from, to),
    'clipboard.write': async ({ text }) => clipboard.writeText(text),
  }
}
