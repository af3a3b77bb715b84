import { AboutDialog } from './about-dialog.tsx'
import { CommandPalette } from './palette.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import { useShortcuts } from './use-shortcuts.ts'

/** What commands need in the page: their shortcuts and their dialogs. */
export function CommandDialogs() {
  useShortcuts()
  return (
    <>
      <CommandPalette />
      <ShortcutsDialog />
      <AboutDialog />
    </>
  )
}
