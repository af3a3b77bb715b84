import { Button, Checkbox, Menu, NativeSelect, SegmentedControl } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { encodingIds } from '../../../shared/codecs/codec.ts'
import { encodingFacts } from '../../../shared/codecs/facts.ts'
import { defaultSettings, type Settings, settingFields, settingLabels } from '../../../shared/settings.ts'
import { settingsSchema } from '../../../shared/settings-schema.ts'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { saveSettings } from '../../state/actions.ts'
import { settingsStore, useSettings } from '../../state/settings-store.ts'
import { NumberSetting } from './number-setting.tsx'
import classes from './settings.module.css'

const themes: readonly { value: Settings['theme']; label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

const contrasts: readonly { value: Settings['contrast']; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'high', label: 'High' },
]

const encodings = encodingIds.map((id) => ({ value: id, label: encodingFacts[id].label }))

const millisecondsPerSecond = 1000
const longestSeconds = Math.floor(settingFields.defaultTimeoutMs.maximum / millisecondsPerSecond)

function boundsOf(name: 'messageFontSize' | 'logMebibytes' | 'logDays' | 'serverMessageMebibytes' | 'fileMebibytes') {
  const { minimum, maximum } = settingFields[name]
  return { minimum, maximum }
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className={classes.section}>
      <legend className={classes.legend}>{title}</legend>
      {children}
    </fieldset>
  )
}

interface PartProps {
  readonly settings: Settings
  readonly set: (patch: Partial<Record<keyof Settings, unknown>>) => void
}

function Appearance({ settings, set }: PartProps) {
  return (
    <Section title="Appearance">
      <div className={classes.choice}>
        <span id="theme-label">{settingLabels.theme}</span>
        <SegmentedControl
          aria-labelledby="theme-label"
          data={[...themes]}
          value={settings.theme}
          onChange={(theme) => set({ theme })}
        />
      </div>
      <div className={classes.choice}>
        <span id="contrast-label">{settingLabels.contrast}</span>
        <SegmentedControl
          aria-labelledby="contrast-label"
          data={[...contrasts]}
          value={settings.contrast}
          onChange={(contrast) => set({ contrast })}
        />
      </div>
      <NumberSetting
        label={settingLabels.messageFontSize}
        description={`Of texts, trees and bytes. Zoom (Ctrl++) makes everything larger. Default ${settingFields.messageFontSize.usual} px.`}
        suffix=" px"
        {...boundsOf('messageFontSize')}
        value={settings.messageFontSize}
        onCommit={(messageFontSize) => set({ messageFontSize })}
      />
      <Checkbox
        label={settingLabels.showTour}
        description="Three steps to your first echo, shown above the messages. Default on until you finish or skip it."
        checked={settings.showTour}
        onChange={(event) => set({ showTour: event.currentTarget.checked })}
      />
    </Section>
  )
}

function NewSockets({ settings, set }: PartProps) {
  return (
    <Section title="New sockets">
      <NumberSetting
        label={settingLabels.defaultTimeoutMs}
        description={`Time limit for connecting and the reply together. Default ${settingFields.defaultTimeoutMs.usual / millisecondsPerSecond} s.`}
        suffix=" s"
        minimum={0.001}
        maximum={longestSeconds}
        decimals={3}
        value={settings.defaultTimeoutMs / millisecondsPerSecond}
        onCommit={(seconds) => set({ defaultTimeoutMs: Math.round(seconds * millisecondsPerSecond) })}
      />
      <NativeSelect
        label={settingLabels.defaultEncoding}
        description="Encoding of their first frame. Default Text."
        data={encodings}
        value={settings.defaultEncoding}
        onChange={(event) => set({ defaultEncoding: event.currentTarget.value })}
      />
    </Section>
  )
}

function Log({ settings, set }: PartProps) {
  return (
    <Section title="Log">
      <NumberSetting
        label={settingLabels.logMebibytes}
        description={`When full, the oldest entries are deleted; the log shows how many. Default ${settingFields.logMebibytes.usual} MiB.`}
        suffix=" MiB"
        {...boundsOf('logMebibytes')}
        value={settings.logMebibytes}
        onCommit={(logMebibytes) => set({ logMebibytes })}
      />
      <NumberSetting
        label={settingLabels.logDays}
        description={`Older entries are deleted at startup and as new ones are logged. 0 = keep until the log is full. Default ${settingFields.logDays.usual} days.`}
        suffix=" days"
        {...boundsOf('logDays')}
        value={settings.logDays}
        onCommit={(logDays) => set({ logDays })}
      />
    </Section>
  )
}

function Limits({ settings, set }: PartProps) {
  return (
    <Section title="Limits">
      <NumberSetting
        label={settingLabels.serverMessageMebibytes}
        description={`A peer that sends a larger message is disconnected. Applies when the server next starts. Default ${settingFields.serverMessageMebibytes.usual} MiB.`}
        suffix=" MiB"
        {...boundsOf('serverMessageMebibytes')}
        value={settings.serverMessageMebibytes}
        onCommit={(serverMessageMebibytes) => set({ serverMessageMebibytes })}
      />
      <NumberSetting
        label={settingLabels.fileMebibytes}
        description={`Larger files are not read. Default ${settingFields.fileMebibytes.usual} MiB.`}
        suffix=" MiB"
        {...boundsOf('fileMebibytes')}
        value={settings.fileMebibytes}
        onCommit={(fileMebibytes) => set({ fileMebibytes })}
      />
      <Checkbox
        label={settingLabels.confirmQuit}
        description="Something runs: a request in flight, a repeat, a lab run, or peers connected to the echo server. Default on."
        checked={settings.confirmQuit}
        onChange={(event) => set({ confirmQuit: event.currentTarget.checked })}
      />
    </Section>
  )
}

/** The settings; each change applies at once. */
export function SettingsForm() {
  const settings = useSettings((settings) => settings)
  /** Counts resets, to remount fields that hold what was typed. */
  const [resets, setResets] = useState(0)
  /** A value out of bounds is ignored; the field corrects it when it loses focus. */
  const set = (patch: Partial<Record<keyof Settings, unknown>>) => {
    const parsed = settingsSchema.safeParse({ ...settingsStore.getState(), ...patch })
    if (parsed.success) saveSettings(parsed.data).catch(report)
  }
  const part: PartProps = { settings, set }
  return (
    <section aria-label="Settings" className={classes.form}>
      <div className={classes.columns}>
        <Appearance {...part} />
        <NewSockets key={`connections ${resets}`} {...part} />
        <Log key={`log ${resets}`} {...part} />
        <Limits key={`limits ${resets}`} {...part} />
      </div>
      <div className={classes.buttons}>
        <Menu position="top-start" withinPortal transitionProps={{ duration: 0 }}>
          <Menu.Target>
            <Button variant="default">Reset all settings…</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              color="red"
              onClick={() => {
                saveSettings(defaultSettings).then(() => setResets(resets + 1), report)
              }}
            >
              Set everything back to its default
              {settings.logMebibytes > defaultSettings.logMebibytes
                ? `, and cut the log to ${defaultSettings.logMebibytes} MiB`
                : ''}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Button variant="subtle" onClick={() => call('settings.reveal').catch(report)}>
          Show the settings file
        </Button>
      </div>
    </section>
  )
}
