import { Button } from '@mantine/core'
import { IconSettings } from '@tabler/icons-react'
import { openDialog, useDialog } from '../../state/dialogs.ts'
import { lazyDialog } from '../../ui/dialog.tsx'

const SettingsForm = lazyDialog(async () => (await import('./settings-form.tsx')).SettingsForm)

/** Opens the settings. */
export function SettingsButton() {
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        fullWidth
        justify="flex-start"
        leftSection={<IconSettings size={16} />}
        onClick={() => openDialog('settings')}
      >
        Settings
      </Button>
      <SettingsForm {...useDialog('settings')} title="Settings" close="Close settings" size="lg" />
    </>
  )
}
