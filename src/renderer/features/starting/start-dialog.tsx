import { useDialog } from '../../state/dialogs.ts'
import { lazyDialog } from '../../ui/dialog.tsx'

const StartFrom = lazyDialog(async () => (await import('./start-from.tsx')).StartFrom)

/** What can be started from. */
export function StartDialog() {
  return <StartFrom {...useDialog('start-from')} title="Start from" close="Close Start from" size="lg" />
}
