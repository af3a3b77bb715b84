import { Button, NativeSelect, NumberInput, SegmentedControl } from '@mantine/core'
import { IconSettings } from '@tabler/icons-react'
import { useState } from 'react'
import { encodingIds } from '../../../shared/codecs/codec.ts'
import { codecs } from '../../../shared/codecs/index.ts'
import { defaultSettings, type Settings, settingsSchema } from '../../../shared/settings.ts'
import { saveSettings } from '../../state/actions.ts'
import { openDialog } from '../../state/dialogs.ts'
import { useLive } from '../../state/live-store.ts'
import { Dialog } from '../../ui/dialog.tsx'
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

const millisecondsPerSecond = 1000
const longestSeconds = 2_147_483

const encodings = encodingIds.map((id) => ({ value: id, label: codecs[id].label }))

/** In seconds, like everywhere in the window; it takes effect with the next connection that is added. */
function TimeoutField({ value, onCommit }: { readonly value: number; readonly onCommit: (value: number) => void }) {
  return (
    <NumberInput
      label="Timeout of new connections"
      description="How long connecting and the reply may take together. Default 5 s."
      suffix=" s"
      decimalScale={3}
      allowNegative={false}
      min={0.001}
      max={longestSeconds}
      clampBehavior="blur"
      value={value / millisecondsPerSecond}
      onChange={(seconds) => {
        if (typeof seconds === 'number') onCommit(Math.round(seconds * millisecondsPerSecond))
      }}
    />
  )
}

function SettingsForm() {
  const settings = useLive((live) => live.settings)
  /** Fields that keep what is typed begin anew with a reset. */
  const [resets, setResets] = useState(0)
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
          key={`${key} ${resets}`}
          label={label}
          description={description}
          maximum={key === 'logMebibytes' ? 65_536 : 1024}
          value={settings[key]}
          onCommit={(value) => set({ [key]: value })}
        />
      ))}
      <TimeoutField value={settings.defaultTimeoutMs} onCommit={(value) => set({ defaultTimeoutMs: value })} />
      <NativeSelect
        label="Encoding of new connections"
        description="How their first frame is written. Default Text."
        data={encodings}
        value={settings.defaultEncoding}
        onChange={(event) => set({ defaultEncoding: event.currentTarget.value })}
      />
      <Button
        variant="default"
        onClick={() => {
          void saveSettings(defaultSettings).then(() => setResets(resets + 1))
        }}
      >
        Reset all settings
      </Button>
    </section>
  )
}

/** Opens the settings of the application; each takes effect as it is changed. */
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
      <Dialog name="settings" title="Settings" close="Close settings">
        <SettingsForm />
      </Dialog>
    </>
  )
}
