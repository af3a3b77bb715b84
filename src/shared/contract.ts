import type { AppCommandId } from './app-commands.ts'
import type { EncodingId } from './codecs/codec.ts'
import type { ProtobufSchema } from './codecs/protobuf/schema.ts'
import type { CalibrationFigures } from './lab/calibration.ts'
import { labSettingsSchema } from './lab/plan.ts'
import type { LabState } from './lab/progress.ts'
import type { LabRun } from './lab/result.ts'
import type { RunRow } from './lab/run-row.ts'
import type { LatencySnapshot } from './latency/summary.ts'
import type { Exchange, LogCount, LogEntry, LogRow, LogStatus, SocketAttempt } from './message.ts'
import type { SchemaState } from './protobuf-sources.ts'
import { z } from './schema.ts'
import type { EngineEvent } from './session/event.ts'
import { socketSpecSchema } from './session/spec-schema.ts'
import type { SessionState } from './session/state.ts'
import type { Settings } from './settings.ts'
import { settingsSchema } from './settings-schema.ts'
import type { Workspace } from './workspace.ts'
import { messageDraftSchema, workspaceSchema } from './workspace-schema.ts'

/** A command: the schema of its input, which the host checks, and the type of its output. */
interface Command<Input extends z.ZodType, Output> {
  readonly input: Input
  /** Only carries the type; never has a value. */
  readonly output?: () => Output
}

const command =
  <Output>() =>
  <Input extends z.ZodType>(input: Input): Command<Input, Output> => ({ input })

const nothing = z.undefined()
const sessionId = z.string().min(1).max(64)
const endpoint = z.string().max(1024)
const timeoutMs = z.number().int().min(1).max(2_147_483_647)
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes')
const frameId = z.string().min(1).max(64)

const runId = z.number().int()
/** The runs of a report, and the one among them that the others are compared with. */
const reportOfRuns = z.object({ ids: z.array(runId).min(1).max(100), baseline: runId })

const logFilter = z.object({
  text: z.string().max(1000),
  kind: z.enum(['message', 'event', 'all']),
  direction: z.enum(['sent', 'received', 'all']),
  source: z.string().max(64).nullable(),
})

export interface Notice {
  readonly id: number
  /** `solved` takes the place of a warning or an error when its cause is gone. */
  readonly level: 'warning' | 'error' | 'solved'
  readonly title: string
  readonly text: string
}

/** The saved state, as the first page of a window finds it in kept.js. */
export interface Kept {
  readonly workspace: Workspace
  readonly settings: Settings
}

/** What links and command lines ask for. Anybody can make a link, and open it again and again. */
export interface Asked {
  /** Endpoints that the person has not answered yet, the oldest first. */
  readonly endpoints: readonly string[]
  /** Whether there was more than one request since the start. */
  readonly repeated: boolean
  /** How many requests were not asked: too many at once, declined a short while ago, or all by the person's choice. */
  readonly ignored: number
}

/** Everything a window needs to start. */
export interface Snapshot extends Kept {
  readonly sessions: readonly SessionState[]
  readonly notices: readonly Notice[]
  readonly log: LogStatus | null
  readonly schemas: SchemaState
  readonly lab: LabState
  readonly asked: Asked
  /** The frames whose attached files the host has, by id. */
  readonly attachments: readonly string[]
}

/** A file that the person chose: as text to edit, or attached to its frame, which then is sent as these bytes. */
export type LoadedFile =
  | { readonly kind: 'text'; readonly encoding: EncodingId; readonly text: string }
  | { readonly kind: 'attached'; readonly name: string; readonly size: number }

/** A message that was sent. */
export interface SentMessage {
  /** With its reply; null where the pattern has none. */
  readonly exchange: Exchange | null
  /** How long it took to encode, in nanoseconds. */
  readonly encodeNs: number
}

/** Where something was saved; null when the person cancelled. */
export interface SavedFile {
  readonly path: string | null
}

/**
 * All commands that a window can send. Each needs a handler, and nothing else is answered. Commands about files open
 * the system's dialog: a window never names a path.
 */
export const commands = {
  'app.snapshot': command<Snapshot>()(nothing),
  /** Names and versions of the application and its runtime, the application first. */
  'app.versions': command<Readonly<Record<string, string>>>()(nothing),
  /** The person has answered the request for this endpoint. One that was not added is not asked again for 10 minutes. */
  'asked.answered': command<void>()(z.object({ endpoint, added: z.boolean() })),
  /** No request is asked any more, until the application starts again. */
  'asked.ignoreAll': command<void>()(nothing),
  'notice.dismiss': command<void>()(z.object({ id: z.number().int() })),
  'workspace.save': command<void>()(workspaceSchema),
  /**
   * Saves as `workspace.save` does, without sending long texts again: those of the frames in `unchanged` are the ones of
   * the save `basedOn`, which must be the last one. Throws `wrong-state` when it is not.
   */
  'workspace.saveChanges': command<void>()(
    z.object({
      workspace: workspaceSchema,
      /** Counts up with each save of a page. */
      save: z.number().int(),
      basedOn: z.number().int().nullable(),
      /** Ids of frames, whose texts are empty here. */
      unchanged: z.array(z.string()),
    }),
  ),
  'settings.save': command<Settings>()(settingsSchema),
  /** Shows the settings file in the system's file manager. */
  'settings.reveal': command<void>()(nothing),
  'window.zoom': command<void>()(z.object({ to: z.enum(['larger', 'smaller', 'actual']) })),
  'window.toggleFullScreen': command<void>()(nothing),
  /** Closes the window like its close button, which quits the application. */
  'window.close': command<void>()(nothing),
  /** Opens a session, or opens the one with this id anew. A request socket that is open is replaced. */
  'session.open': command<SessionState>()(z.object({ sessionId, spec: socketSpecSchema })),
  /** Closes the socket. The session's figures are kept. */
  'session.close': command<void>()(z.object({ sessionId })),
  /** Closes the socket and deletes the session's figures. */
  'session.remove': command<void>()(z.object({ sessionId })),
  /** Encodes the message and sends it. Throws `encode-failed`, with the index of the frame in `details.frame`. */
  'session.send': command<SentMessage>()(z.object({ sessionId, message: messageDraftSchema, timeoutMs })),
  'session.cancel': command<void>()(z.object({ sessionId })),
  /** Every attempt to connect within the last minute, of all sessions, the oldest first. */
  'session.attempts': command<readonly SocketAttempt[]>()(nothing),
  'session.lastExchange': command<Exchange | null>()(z.object({ sessionId })),
  'repeat.start': command<void>()(
    z.object({
      sessionId,
      message: messageDraftSchema,
      timeoutMs,
      count: z.number().int().min(1).max(2_147_483_647).nullable(),
      intervalMs: z.number().int().min(0).max(86_400_000),
    }),
  ),
  'repeat.stop': command<void>()(z.object({ sessionId })),
  'latency.read': command<LatencySnapshot>()(z.object({ sessionId })),
  'latency.reset': command<void>()(z.object({ sessionId })),
  'latency.export': command<SavedFile & { readonly omitted: number }>()(z.object({ sessionId })),
  /** Starts a run; events report its progress and end. */
  'lab.start': command<void>()(z.object({ settings: labSettingsSchema, message: messageDraftSchema })),
  /** Cancels a run or calibration; what a run has measured is kept. */
  'lab.cancel': command<void>()(nothing),
  'lab.calibrate': command<CalibrationFigures>()(z.object({ message: messageDraftSchema })),
  'lab.list': command<readonly RunRow[]>()(nothing),
  'lab.read': command<LabRun>()(z.object({ id: runId })),
  'lab.rename': command<void>()(z.object({ id: runId, name: z.string().min(1).max(200) })),
  'lab.remove': command<void>()(z.object({ id: runId })),
  /** Lets the person choose a run's JSON file. Returns the new run's id, or null when they cancelled. */
  'lab.import': command<number | null>()(nothing),
  'lab.export': command<SavedFile>()(
    z.object({ id: runId, format: z.enum(['json', 'csv', 'hgrm', 'hlog']), step: z.number().int().min(0) }),
  ),
  /** Opens a report of kept runs, in this order, in the system's browser. */
  'lab.showReport': command<void>()(reportOfRuns),
  'lab.saveReport': command<SavedFile>()(reportOfRuns),
  'log.query': command<readonly LogRow[]>()(
    z.object({
      filter: logFilter,
      /** Only entries after this id, oldest first; excludes `beforeId`. */
      afterId: z.number().int().nullable(),
      /** Only entries before this id, nearest first. */
      beforeId: z.number().int().nullable(),
      limit: z.number().int().min(1).max(1000),
    }),
  ),
  'log.count': command<LogCount>()(z.object({ filter: logFilter })),
  'log.entry': command<LogEntry | null>()(z.object({ id: z.number().int() })),
  'log.clear': command<void>()(nothing),
  /** `complete`: whether all entries are in the file; the log may be cleared meanwhile. */
  'log.export': command<SavedFile & { readonly entries: number; readonly complete: boolean }>()(
    z.object({ filter: logFilter }),
  ),
  /** The Protobuf message types as last read. */
  'schema.read': command<ProtobufSchema>()(nothing),
  /** Lets the person choose schema files, a folder of them, or a folder to search for imports. */
  'schema.add': command<void>()(z.object({ what: z.enum(['files', 'folder', 'include-root']) })),
  'schema.remove': command<void>()(z.object({ id: z.string().max(64) })),
  /** Removes an import folder by its index. */
  'schema.removeIncludeRoot': command<void>()(z.object({ index: z.number().int().min(0) })),
  'schema.reload': command<void>()(nothing),
  /** Lets the person choose a file for a frame; null when they cancelled. A large one is attached. */
  'file.open': command<LoadedFile | null>()(z.object({ frameId })),
  'file.save': command<SavedFile>()(z.object({ name: z.string().max(255), bytes: bytes })),
  /** Attaches bytes to a frame, as a file. */
  'attachment.keep': command<void>()(z.object({ frameId, bytes })),
  /** Gives a frame the same attached file as another. */
  'attachment.copy': command<void>()(z.object({ from: frameId, to: frameId })),
  'clipboard.write': command<void>()(z.object({ text: z.string() })),
} satisfies Record<string, Command<z.ZodType, unknown>>

export type Commands = typeof commands
export type CommandName = keyof Commands
export type Input<Name extends CommandName> = z.infer<Commands[Name]['input']>
export type Output<Name extends CommandName> = ReturnType<NonNullable<Commands[Name]['output']>>

export type Handlers = { readonly [Name in CommandName]: (input: Input<Name>) => Promise<Output<Name>> }

/** What the host sends its windows unprompted. States are complete, so only the latest matters. */
export type InspectorEvent =
  | EngineEvent
  | { readonly type: 'asked.changed'; readonly asked: Asked }
  | { readonly type: 'lab.changed'; readonly state: LabState }
  | { readonly type: 'log.changed'; readonly status: LogStatus }
  | { readonly type: 'schema.changed'; readonly state: SchemaState }
  /** A command chosen in the application menu, or by its shortcut where the system gives keys to the menu first. */
  | { readonly type: 'app.command'; readonly command: AppCommandId; readonly byKey: boolean }
  | { readonly type: 'notice'; readonly notice: Notice }
