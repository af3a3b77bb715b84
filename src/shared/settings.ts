import type { z } from './schema.ts'
import type { settingsSchema } from './settings-schema.ts'

const mebibyte = 1024 * 1024

/** What a person sets once for the whole application. */
export type Settings = z.infer<typeof settingsSchema>

export const defaultSettings: Settings = {
  version: 1,
  theme: 'system',
  contrast: 'system',
  logMebibytes: 256,
  logDays: 0,
  serverMessageMebibytes: 64,
  fileMebibytes: 64,
  defaultTimeoutMs: 5000,
  defaultEncoding: 'text',
  confirmQuit: true,
  showTour: true,
}

export const mebibytes = (count: number): number => count * mebibyte
