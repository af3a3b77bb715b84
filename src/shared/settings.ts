import { encodingIds } from './codecs/codec.ts'
import { z } from './schema.ts'

const mebibyte = 1024 * 1024

const fields = {
  theme: z.enum(['system', 'light', 'dark']),
  /** Most MiB that the log keeps; the oldest entries go first. */
  logMebibytes: z.number().int().min(1).max(65_536),
  /** Largest message in MiB that the echo server takes from a peer. */
  serverMessageMebibytes: z.number().int().min(1).max(1024),
  /** Largest file in MiB that can be loaded into a frame. */
  fileMebibytes: z.number().int().min(1).max(1024),
  /** Milliseconds that a new connection gives a reply. */
  defaultTimeoutMs: z.number().int().min(1).max(2_147_483_647),
  /** How the first frame of a new connection is written. */
  defaultEncoding: z.enum(encodingIds),
}

/** What a person sets once for the whole application. Every bound is checked here, whoever asks. */
export const settingsSchema = z.strictObject(fields)

export type Settings = z.infer<typeof settingsSchema>

export const defaultSettings: Settings = {
  theme: 'system',
  logMebibytes: 256,
  serverMessageMebibytes: 64,
  fileMebibytes: 64,
  defaultTimeoutMs: 5000,
  defaultEncoding: 'text',
}

/** The file of the settings: what an older version did not know yet has its default. */
export const settingsFileSchema = z.object({
  theme: fields.theme.default(defaultSettings.theme),
  logMebibytes: fields.logMebibytes.default(defaultSettings.logMebibytes),
  serverMessageMebibytes: fields.serverMessageMebibytes.default(defaultSettings.serverMessageMebibytes),
  fileMebibytes: fields.fileMebibytes.default(defaultSettings.fileMebibytes),
  defaultTimeoutMs: fields.defaultTimeoutMs.default(defaultSettings.defaultTimeoutMs),
  defaultEncoding: fields.defaultEncoding.default(defaultSettings.defaultEncoding),
})

export const mebibytes = (count: number): number => count * mebibyte
