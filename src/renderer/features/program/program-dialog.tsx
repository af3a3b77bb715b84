import { useDialog } from '../../state/dialogs.ts'
import { lazyDialog } from '../../ui/dialog.tsx'

const Program = lazyDialog(async () => (await import('./program.tsx')).Program)

/** The socket and its message as a program. */
export function ProgramDialog() {
  return <Program {...useDialog('program')} title="Copy as code" close="Close copy as code" size="xl" />
}
