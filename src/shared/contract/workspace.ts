import { z } from '../schema.ts'
import type { Settings } from '../settings.ts'
import { settingsSchema } from '../settings-schema.ts'
import type { Workspace } from '../workspace.ts'
import { workspaceSchema } from '../workspace-schema.ts'
import { command, nothing } from './command.ts'

/** The saved state, as the first page of a window finds it in kept.js. */
export interface Kept {
  readonly workspace: Workspace
  readonly settings: Settings
}

/** What is kept over a restart. */
export const workspaceCommands = {
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
}
