import { type AppCommand, appCommands, shortcutInWords } from '../../../shared/app-commands.ts'
import type { RunRow } from '../../../shared/lab/run-row.ts'
import { settingLabels } from '../../../shared/settings.ts'
import { type SocketDraft, socketName } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { isMac } from '../../ui/platform.ts'

/** What choosing an entry does. */
export type Choice =
  | { readonly do: 'run'; readonly command: AppCommand['id'] }
  | { readonly do: 'show-socket'; readonly id: string }
  | { readonly do: 'show-run'; readonly id: number }
  | { readonly do: 'open-settings' }

/** A line of the palette. */
export interface PaletteEntry {
  readonly id: string
  readonly title: string
  /** What it is, at its right: its keys, or its kind. */
  readonly aside: string
  /** Why it cannot be chosen, in a sentence; null when it can. */
  readonly reason: string | null
  /** Words that it is also found by. */
  readonly group: string
  readonly choice: Choice
}

/**
 * All that the palette offers: what was chosen last, then commands, sockets, runs of the lab and settings. Commands
 * that cannot do anything now come behind those that can.
 */
export function paletteEntries(
  sockets: readonly SocketDraft[],
  runs: readonly RunRow[],
  recent: readonly string[],
  reasonAgainst: (id: AppCommand['id']) => string | null,
): PaletteEntry[] {
  const commands = appCommands
    .filter(({ id }) => id !== 'palette')
    .map(
      ({ id, title, group, shortcut }): PaletteEntry => ({
        id: `command-${id}`,
        title,
        aside: shortcut ? shortcutInWords(shortcut, isMac) : '',
        reason: reasonAgainst(id),
        group,
        choice: { do: 'run', command: id },
      }),
    )
  const place = ({ id, reason }: PaletteEntry) => {
    const at = recent.indexOf(id)
    return at < 0 || reason !== null ? recent.length : at
  }
  const entries = [
    ...commands.filter(({ reason }) => reason === null),
    ...commands.filter(({ reason }) => reason !== null),
    ...sockets.map(
      (draft): PaletteEntry => ({
        id: `socket-${draft.id}`,
        title: `Go to ${patternOf(draft.pattern).label} ${socketName(draft)}`,
        aside: 'Socket',
        reason: null,
        group: 'Socket',
        choice: { do: 'show-socket', id: draft.id },
      }),
    ),
    ...runs.map(
      ({ id, name }): PaletteEntry => ({
        id: `run-${id}`,
        title: `Show the run ${name}`,
        aside: 'Latency lab',
        reason: null,
        group: 'Latency lab run',
        choice: { do: 'show-run', id },
      }),
    ),
    ...Object.entries(settingLabels).map(
      ([name, label]): PaletteEntry => ({
        id: `setting-${name}`,
        title: `Setting: ${label}`,
        aside: 'Settings',
        reason: null,
        group: 'Settings',
        choice: { do: 'open-settings' },
      }),
    ),
  ]
  return entries.sort((one, other) => place(one) - place(other))
}

/** Entries whose group or title contains every typed word; titles that start with the first word come first. */
export function findEntries(entries: readonly PaletteEntry[], text: string): PaletteEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const [first = ''] = words
  const rank = ({ title }: PaletteEntry) => (title.toLowerCase().startsWith(first) ? 0 : 1)
  const found = entries.filter(({ title, group }) =>
    words.every((word) => `${group} ${title}`.toLowerCase().includes(word)),
  )
  return first === '' ? found : found.sort((one, other) => rank(one) - rank(other))
}
