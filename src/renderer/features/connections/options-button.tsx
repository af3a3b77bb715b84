import { ActionIcon, Checkbox, NumberInput, Popover } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { type ConnectionOptions, defaultConnectionOptions } from '../../../shared/connection.ts'
import type { ConnectionDraft } from '../../../shared/workspace.ts'
import { useLive } from '../../state/live-store.ts'
import { updateConnection } from '../../state/workspace-reducers.ts'
import { applyStep, useActiveDraft } from '../../state/workspace-store.ts'
import { explain, terms } from '../../ui/terms.ts'
import classes from './options-button.module.css'

interface NumberOption {
  readonly key: 'linger' | 'sendHighWaterMark' | 'receiveHighWaterMark' | 'reconnectInterval'
  readonly minimum: number
  readonly suffix: string
}

const numberOptions: readonly NumberOption[] = [
  {
    key: 'linger',
    minimum: -1,
    suffix: ' ms',
  },
  {
    key: 'sendHighWaterMark',
    minimum: 0,
    suffix: ' messages',
  },
  {
    key: 'receiveHighWaterMark',
    minimum: 0,
    suffix: ' messages',
  },
  {
    key: 'reconnectInterval',
    minimum: 1,
    suffix: ' ms',
  },
]

const largestInt32 = 2_147_483_647

function OptionFields({ draft }: { readonly draft: ConnectionDraft }) {
  const set = (patch: Partial<ConnectionOptions>) =>
    applyStep(updateConnection(draft.id, { options: { ...draft.options, ...patch } }))
  return (
    <>
      {numberOptions.map(({ key, minimum, suffix }) => (
        <NumberInput
          key={key}
          label={terms[key].name}
          description={explain(key)}
          suffix={suffix}
          min={minimum}
          max={largestInt32}
          allowDecimal={false}
          clampBehavior="blur"
          value={draft.options[key]}
          onChange={(value) => {
            if (typeof value === 'number' && value >= minimum && value <= largestInt32) set({ [key]: value })
          }}
        />
      ))}
      <Checkbox
        label={terms.ipv6.name}
        description={explain('ipv6')}
        checked={draft.options.ipv6}
        onChange={(event) => set({ ipv6: event.currentTarget.checked })}
      />
      <Checkbox
        label={terms.relaxedCorrelate.name}
        description={explain('relaxedCorrelate')}
        checked={draft.options.relaxedCorrelate}
        onChange={(event) => set({ relaxedCorrelate: event.currentTarget.checked })}
      />
    </>
  )
}

/** The socket options. They are set when the socket opens, so an open connection must be reopened. */
export function OptionsButton() {
  const draft = useActiveDraft()
  const open = useLive((live) => live.connections[draft.id]?.open === true)
  const changed = JSON.stringify(draft.options) !== JSON.stringify(defaultConnectionOptions)
  return (
    <Popover position="bottom-end" width={320}>
      <Popover.Target>
        <ActionIcon
          aria-label="Socket options"
          title="Socket options"
          variant={changed ? 'light' : 'subtle'}
          color={changed ? 'accent' : 'gray'}
        >
          <IconAdjustmentsHorizontal size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="Socket options">
        <div className={classes.options}>
          {open ? <p className={classes.reopen}>Changes apply when you reconnect or send.</p> : null}
          <OptionFields draft={draft} />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
