import { useDialog } from '../../state/dialogs.ts'
import { lazyDialog } from '../../ui/dialog.tsx'

const Guide = lazyDialog(async () => (await import('./guide.tsx')).Guide)

/** The user guide, which is part of the application. */
export function GuideDialog() {
  return <Guide {...useDialog('guide')} title="User guide" close="Close user guide" size="wide" />
}
