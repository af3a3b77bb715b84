import { useDialog } from '../../state/dialogs.ts'
import { lazyDialog } from '../../ui/dialog.tsx'
import { useFocusRequests } from './use-focus-requests.ts'
import { useShortcuts } from './use-shortcuts.ts'

const Palette = lazyDialog(async () => (await import('./palette.tsx')).Palette)
const Shortcuts = lazyDialog(async () => (await import('./shortcuts.tsx')).Shortcuts)
const Terms = lazyDialog(async () => (await import('./terms-page.tsx')).TermsPage)
const ProblemReport = lazyDialog(async () => (await import('./problem-report.tsx')).ProblemReport)
const About = lazyDialog(async () => (await import('./about.tsx')).About)

/** Shortcuts, focus requests and the dialogs that commands open. */
export function CommandDialogs() {
  useShortcuts()
  useFocusRequests()
  return (
    <>
      <Palette {...useDialog('palette')} title="Command palette" close="Close command palette" />
      <Shortcuts {...useDialog('shortcuts')} title="Keyboard shortcuts" close="Close keyboard shortcuts" size="lg" />
      <Terms {...useDialog('terms')} title="Glossary" close="Close glossary" size="lg" />
      <ProblemReport {...useDialog('problem-report')} title="Report a problem" close="Close report" size="lg" />
      <About {...useDialog('about')} title="About ZeroMQ Inspector" close="Close about" />
    </>
  )
}
