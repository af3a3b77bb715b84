import { useEffect } from 'react'
import { type AppCommandId, appCommands, matchesShortcut } from '../../../shared/app-commands.ts'
import { report } from '../../report.ts'
import { mayRun, runCommand } from '../../state/run-command.ts'
import { isMac } from '../../ui/platform.ts'

const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))

/** In other fields these keys go to the beginning or the end. */
const ofMessageText: ReadonlySet<AppCommandId> = new Set(['earlier-message', 'later-message'])

const isInMessage = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[data-part="request"]') !== null

/** Runs commands by their shortcuts, wherever the focus is. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return
      const command = appCommands.find(({ shortcut }) => shortcut !== null && matchesShortcut(shortcut, event, isMac))
      if (!command) return
      // A single character without modifiers is typed text in a text field.
      if (command.shortcut?.length === 1 && takesText(event.target)) return
      if (ofMessageText.has(command.id) && takesText(event.target) && !isInMessage(event.target)) return
      if (!mayRun(command.id, true)) return
      event.preventDefault()
      runCommand(command.id, report)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
