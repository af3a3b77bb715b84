import { z } from './schema.ts'

const mebibyte = 1024 * 1024

/** What a person sets once for the whole application. Every bound is checked here, whoever asks. */
export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Most MiB that the log keeps; the oldest entries go first. */
  logMebibytes: z.number().int().min(1).max(65_536).default(256),
  /** Largest message in MiB that the echo server takes from a peer. */
  serverMessageMebibytes: z.number().int().min(1).max(1024).default(64),
  /** Largest file in MiB that can be loaded into a frame. */
  fileMebibytes: z.number().int().min(1).max(1024).default(64),
})

export type Settings = z.infer<typeof settingsSchema>

export const defaultSettings: Settings = settingsSchema.parse({})

export const mebibytes = (count: number): number => count * mebibyte
