import type { LabState } from '../lab/progress.ts'
import type { SchemaState } from '../protobuf-sources.ts'
import { z } from '../schema.ts'
import type { SessionState } from '../session/state.ts'
import type { LogStatus } from '../transcript/status.ts'
import { command, endpoint, nothing } from './command.ts'
import type { Kept } from './workspace.ts'

export interface Notice {
  readonly id: number
  /** `solved` takes the place of a warning or an error when its cause is gone. */
  readonly level: 'warning' | 'error' | 'solved'
  readonly title: string
  readonly text: string
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

/** The application and its window. */
export const appCommands = {
  'app.snapshot': command<Snapshot>()(nothing),
  /** Names and versions of the application and its runtime, the application first. */
  'app.versions': command<Readonly<Record<string, string>>>()(nothing),
  /** The person has answered the request for this endpoint. One that was not added is not asked again for 10 minutes. */
  'asked.answered': command<void>()(z.object({ endpoint, added: z.boolean() })),
  /** No request is asked any more, until the application starts again. */
  'asked.ignoreAll': command<void>()(nothing),
  'notice.dismiss': command<void>()(z.object({ id: z.number().int() })),
  'window.zoom': command<void>()(z.object({ to: z.enum(['larger', 'smaller', 'actual']) })),
  'window.toggleFullScreen': command<void>()(nothing),
  /** Closes the window like its close button, which quits the application. */
  'window.close': command<void>()(nothing),
}
