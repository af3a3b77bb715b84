import type { AppCommandId } from '../app-commands.ts'
import type { LabState } from '../lab/progress.ts'
import type { SchemaState } from '../protobuf-sources.ts'
import type { z } from '../schema.ts'
import type { SecretState } from '../secrets.ts'
import type { EngineEvent } from '../session/event.ts'
import type { LogStatus } from '../transcript/status.ts'
import { type Asked, appCommands, type Notice } from './app.ts'
import type { Command } from './command.ts'
import { fileCommands } from './files.ts'
import { jupyterCommands } from './jupyter.ts'
import { labCommands } from './lab.ts'
import { logCommands } from './log.ts'
import { messageTypeCommands } from './message-types.ts'
import { probeCommands } from './probe.ts'
import { recordingCommands } from './recording.ts'
import { secretCommands } from './secrets.ts'
import { seriesCommands } from './series.ts'
import { sessionCommands } from './session.ts'
import { topicCommands } from './topics.ts'
import { workspaceCommands } from './workspace.ts'

export type { Asked, Notice, Snapshot } from './app.ts'
export type { LoadedFile } from './files.ts'
export type { KeptKey, ReadCertificate } from './secrets.ts'
export type { Kept } from './workspace.ts'

/**
 * All commands that a window can send. Each needs a handler, and nothing else is answered. Commands about files open
 * the system's dialog: a window never names a path.
 */
export const commands = {
  ...appCommands,
  ...workspaceCommands,
  ...sessionCommands,
  ...topicCommands,
  ...seriesCommands,
  ...probeCommands,
  ...labCommands,
  ...logCommands,
  ...recordingCommands,
  ...jupyterCommands,
  ...messageTypeCommands,
  ...fileCommands,
  ...secretCommands,
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
  | { readonly type: 'secrets.changed'; readonly state: SecretState }
  /** A command chosen in the application menu, or by its shortcut where the system gives keys to the menu first. */
  | { readonly type: 'app.command'; readonly command: AppCommandId; readonly byKey: boolean }
  | { readonly type: 'notice'; readonly notice: Notice }
