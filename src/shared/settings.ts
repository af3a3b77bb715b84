import { encodingIds } from './codecs/codec.ts'
import { languageIds } from './program/language-ids.ts'

const mebibyte = 1024 * 1024

/** One of several values. */
const choice = <const Value extends string>(values: readonly Value[], usual: NoInfer<Value>) => ({
  kind: 'choice' as const,
  values,
  usual,
})

/** A whole number within bounds. */
const whole = (usual: number, minimum: number, maximum: number) => ({
  kind: 'whole' as const,
  usual,
  minimum,
  maximum,
})

/** On or off. */
const onOff = (usual: boolean) => ({ kind: 'switch' as const, usual })

/** Every setting, with its default (`usual`) and its bounds. A new setting is one line here and a control in the form. */
export const settingFields = {
  theme: choice(['system', 'light', 'dark'], 'system'),
  contrast: choice(['system', 'high'], 'system'),
  /** Of texts, trees and bytes, in pixels. */
  messageFontSize: whole(13, 10, 24),
  /** Most MiB that the log keeps; the oldest entries go first. */
  logMebibytes: whole(256, 1, 65_536),
  /** Days that the log keeps an entry; 0 keeps it as long as there is room. */
  logDays: whole(0, 0, 3650),
  /** Largest message in MiB that the echo server takes from a peer. */
  serverMessageMebibytes: whole(64, 1, 1024),
  /** Largest file in MiB that can be loaded into a frame. */
  fileMebibytes: whole(64, 1, 1024),
  /** Milliseconds within which a new socket expects a reply. */
  defaultTimeoutMs: whole(5000, 1, 2_147_483_647),
  /** Encoding of the first frame of a new socket. */
  defaultEncoding: choice(encodingIds, 'text'),
  /** The language of Copy as code. */
  programLanguage: choice(languageIds, 'python'),
  /** How the lab's plots place durations on an axis. */
  labScale: choice(['logarithmic', 'linear'], 'logarithmic'),
  /** Whether to ask before the application ends while something runs. */
  confirmQuit: onOff(true),
  /** Whether the window begins with the tour. */
  showTour: onOff(true),
}

/** What the settings with a control in the form are called. */
export const settingLabels = {
  theme: 'Theme',
  contrast: 'Contrast',
  messageFontSize: 'Font size of messages',
  showTour: 'Show the tour',
  defaultTimeoutMs: 'Timeout of new sockets',
  defaultEncoding: 'Encoding of new sockets',
  logMebibytes: 'Largest log',
  logDays: 'Keep entries for',
  serverMessageMebibytes: 'Largest message to the echo server',
  fileMebibytes: 'Largest file in a frame',
  confirmQuit: 'Ask before quitting while something runs',
} as const satisfies Partial<Record<keyof typeof settingFields, string>>

type Fields = typeof settingFields

export type SettingName = keyof Fields

type ValueOf<Field> = Field extends { readonly kind: 'choice'; readonly values: readonly (infer Value)[] }
  ? Value
  : Field extends { readonly kind: 'whole' }
    ? number
    : boolean

/** What a person sets once for the whole application. `version` is that of the settings file. */
export type Settings = { version: 1 } & { [Name in SettingName]: ValueOf<Fields[Name]> }

function defaults(): Settings
function defaults(): Record<string, unknown> {
  const values = Object.entries(settingFields).map(([name, { usual }]) => [name, usual])
  return { version: 1, ...Object.fromEntries(values) }
}

export const defaultSettings: Settings = defaults()

export const mebibytes = (count: number): number => count * mebibyte
