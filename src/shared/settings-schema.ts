import { encodingIds } from './codecs/codec.ts'
import { z } from './schema.ts'
import { defaultSettings } from './settings.ts'

const fields = {
  /** Of the file. One without it is from before there were versions, and is as 1. */
  version: z.literal(1),
  theme: z.enum(['system', 'light', 'dark']),
  contrast: z.enum(['system', 'high']),
  /** Most MiB that the log keeps; the oldest entries go first. */
  logMebibytes: z.number().int().min(1).max(65_536),
  /** Days that the log keeps an entry; 0 keeps it as long as there is room. */
  logDays: z.number().int().min(0).max(3650),
  /** Largest message in MiB that the echo server takes from a peer. */
  serverMessageMebibytes: z.number().int().min(1).max(1024),
  /** Largest file in MiB that can be loaded into a frame. */
  fileMebibytes: z.number().int().min(1).max(1024),
  /** Milliseconds that a new connection gives a reply. */
  defaultTimeoutMs: z.number().int().min(1).max(2_147_483_647),
  /** How the first frame of a new connection is written. */
  defaultEncoding: z.enum(encodingIds),
  /** Whether to ask before the application ends while something runs. */
  confirmQuit: z.boolean(),
  /** Whether the window begins with the tour. */
  showTour: z.boolean(),
}

/** Every bound is checked here, whoever asks. */
export const settingsSchema = z.strictObject(fields)

/** The file of the settings: what an older version did not know yet has its default. */
export const settingsFileSchema = z.object({
  version: fields.version.default(defaultSettings.version),
  theme: fields.theme.default(defaultSettings.theme),
  contrast: fields.contrast.default(defaultSettings.contrast),
  logMebibytes: fields.logMebibytes.default(defaultSettings.logMebibytes),
  logDays: fields.logDays.default(defaultSettings.logDays),
  serverMessageMebibytes: fields.serverMessageMebibytes.default(defaultSettings.serverMessageMebibytes),
  fileMebibytes: fields.fileMebibytes.default(defaultSettings.fileMebibytes),
  defaultTimeoutMs: fields.defaultTimeoutMs.default(defaultSettings.defaultTimeoutMs),
  defaultEncoding: fields.defaultEncoding.default(defaultSettings.defaultEncoding),
  confirmQuit: fields.confirmQuit.default(defaultSettings.confirmQuit),
  showTour: fields.showTour.default(defaultSettings.showTour),
})
