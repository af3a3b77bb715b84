import { useEffect } from 'react'
import { appCommands, matchesShortcut } from '../../../shared/app-commands.ts'
import { report } from '../../state/boot.ts'
import { openDialogName } from '../../state/dialogs.ts'
import { labStore } from '../../state/lab-store.ts'
import { runCommand } from '../../state/run-command.ts'
import { isMac } from '../../ui/platform.ts'

const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))

/** What a shortcut would do to something that is not in sight. */
const ofMessages: ReadonlySet<string> = new Set(['send', 'repeat', 'add-frame', 'find'])

/** Runs commands by their shortcuts, wherever the focus is. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return
      const command = appCommands.find(({ shortcut }) => shortcut !== null && matchesShortcut(shortcut, event, isMac))
      if (!command) return
      // A sign alone is text where text is typed.
      if (command.shortcut?.length === 1 && takesText(event.target)) return
      if (openDialogName() !== null || document.querySelector('[aria-modal="true"]')) return
      if (labStore.getState().open && ofMessages.has(command.id)) return
      event.preventDefault()
      runCommand(command.id, report)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
