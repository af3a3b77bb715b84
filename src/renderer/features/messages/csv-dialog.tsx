import { useDialog } from '../../state/dialogs.ts'
import { lazyDialog } from '../../ui/dialog.tsx'

const CsvColumns = lazyDialog(async () => (await import('./csv-columns.tsx')).CsvColumns)

/** The columns of an export as CSV. */
export function CsvDialog() {
  return <CsvColumns {...useDialog('csv')} title="Export as CSV" close="Close the export as CSV" size="wide" />
}
