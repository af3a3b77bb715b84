import { CommandDialog, lazyDialog } from '../../ui/dialog.tsx'
import { useShortcuts } from './use-shortcuts.ts'

const Palette = lazyDialog(async () => (await import('./palette.tsx')).Palette)
const Shortcuts = lazyDialog(async () => (await import('./shortcuts.tsx')).Shortcuts)
const Terms = lazyDialog(async () => (await import('./terms-page.tsx')).TermsPage)
const About = lazyDialog(async () => (await import('./about.tsx')).About)

/** What commands need in the page: their shortcuts and their dialogs. */
export function CommandDialogs() {
  useShortcuts()
  return (
    <>
      <CommandDialog name="palette" title="Command palette" close="Close command palette" content={Palette} />
      <CommandDialog
        name="shortcuts"
        title="Keyboard shortcuts"
        close="Close keyboard shortcuts"
        size="lg"
        content={Shortcuts}
      />
      <CommandDialog name="terms" title="What the terms mean" close="Close terms" size="lg" content={Terms} />
      <CommandDialog name="about" title="About ZeroMQ Inspector" close="Close about" content={About} />
    </>
  )
}
