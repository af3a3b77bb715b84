import { Button, Modal, NumberInput, SegmentedControl } from '@mantine/core'
import { IconSettings } from '@tabler/icons-react'
import { useState } from 'react'
import { type Settings, settingsSchema } from '../../../shared/settings.ts'
import { saveSettings } from '../../state/actions.ts'
import { openDialog, useDialog } from '../../state/dialogs.ts'
import { useLive } from '../../state/live-store.ts'
import classes from './settings-button.module.css'

interface SizeSetting {
  readonly key: 'logMebibytes' | 'serverMessageMebibytes' | 'fileMebibytes'
  readonly label: string
  readonly description: string
}

const sizes: readonly SizeSetting[] = [
  {
    key: 'logMebibytes',
    label: 'Largest log',
    description: 'Past this size the oldest entries are removed, and the log counts how many. Default 256 MiB.',
  },
  {
    key: 'serverMessageMebibytes',
    label: 'Largest message to the echo server',
    description: 'A peer that sends more is disconnected. Takes effect at the next start. Default 64 MiB.',
  },
  {
    key: 'fileMebibytes',
    label: 'Largest file in a frame',
    description: 'Larger files are refused before they are read. Default 64 MiB.',
  },
]

const themes: readonly { value: Settings['theme']; label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

interface SizeFieldProps {
  readonly label: string
  readonly description: string
  /** In MiB, like the value. */
  readonly maximum: number
  readonly value: number
  readonly onCommit: (value: number) => void
}

/**
 * A size that takes effect when the field is left or Enter is pressed. Never while it is typed: on its way to 512 it is
 * 5 for a moment, and a log cut down to that does not come back.
 */
function SizeField({ label, description, maximum, value, onCommit }: SizeFieldProps) {
  const [typed, setTyped] = useState<string | number>(value)
  const commit = () => {
    const size = Math.min(maximum, Math.max(1, Math.round(Number(typed))))
    const taken = typed === '' || !Number.isFinite(size) ? value : size
    setTyped(taken)
    if (taken !== value) onCommit(taken)
  }
  return (
    <NumberInput
      label={label}
      description={description}
      suffix=" MiB"
      allowDecimal={false}
      allowNegative={false}
      min={1}
      max={maximum}
      clampBehavior="none"
      value={typed}
      onChange={setTyped}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
      }}
    />
  )
}

function SettingsForm() {
  const settings = useLive((live) => live.settings)
  /** A value out of its bounds is not taken over; the field is back within them when it loses the focus. */
  const set = (patch: Partial<Record<keyof Settings, unknown>>) => {
    const parsed = settingsSchema.safeParse({ ...settings, ...patch })
    if (parsed.success) void saveSettings(parsed.data)
  }
  return (
    <section aria-label="Settings" className={classes.form}>
      <div className={classes.theme}>
        <span id="theme-label">Theme</span>
        <SegmentedControl
          aria-labelledby="theme-label"
          data={[...themes]}
          value={settings.theme}
          onChange={(theme) => set({ theme })}
        />
      </div>
      {sizes.map(({ key, label, description }) => (
        <SizeField
          key={key}
          label={label}
          description={description}
          maximum={key === 'logMebibytes' ? 65_536 : 1024}
          value={settings[key]}
          onCommit={(value) => set({ [key]: value })}
        />
      ))}
    </section>
  )
}

/** Opens the settings of the application; each takes effect as it is changed. */
export function SettingsButton() {
  const open = useDialog('settings')
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
      <Modal
        opened={open}
        onClose={() => openDialog(null)}
        title="Settings"
        transitionProps={{ duration: 0 }}
        closeButtonProps={{ 'aria-label': 'Close settings' }}
      >
        <SettingsForm />
      </Modal>
    </>
  )
}
