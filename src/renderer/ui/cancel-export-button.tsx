import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'

/** Stands in place of a button that exports while an export is under way. */
export function CancelExportButton({ onCancel }: { readonly onCancel: () => void }) {
  return (
    <ActionIcon size={30} aria-label="Cancel the export" title="Cancel the export" onClick={onCancel}>
      <IconX size={16} />
    </ActionIcon>
  )
}
