import { ActionIcon, Button, Popover } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useState } from 'react'
import { isPlainRequest } from '../../../shared/session/spec.ts'
import { specOf } from '../../../shared/workspace.ts'
import { changedOptions } from '../../../shared/zmq/option-words.ts'
import { defaultSocketOptions } from '../../../shared/zmq/options.ts'
import { useSessions } from '../../state/session-store.ts'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep, useActiveDraft } from '../../state/workspace-store.ts'
import { OptionFields } from './option-fields.tsx'
import classes from './options-button.module.css'

/** The socket options. They are set when the socket opens, so an open connection must be reopened. */
export function OptionsButton() {
  const draft = useActiveDraft()
  const open = useSessions(({ sessions }) => sessions[draft.id]?.phase === 'open')
  /** Counts resets, to remount fields that hold what was typed. */
  const [resets, setResets] = useState(0)
  const changed = changedOptions(specOf(draft).options).length
  const label = changed === 0 ? 'Socket options' : `Socket options, ${changed} changed`
  return (
    <Popover position="bottom-end" width={360}>
      <Popover.Target>
        <ActionIcon
          aria-label="Socket options"
          title={label}
          variant={changed > 0 ? 'light' : 'subtle'}
          color={changed > 0 ? 'accent' : 'gray'}
        >
          <IconAdjustmentsHorizontal size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="Socket options" p={0}>
        <div className={classes.options}>
          {open ? (
            <p className={classes.reopen}>
              {isPlainRequest(draft)
                ? 'Changes apply when you reconnect or send.'
                : 'Changes apply when you close and open the socket.'}
            </p>
          ) : null}
          <OptionFields key={`${draft.id} ${resets}`} draft={draft} />
        </div>
        <div className={classes.footer}>
          <span>{changed === 0 ? 'All at their defaults' : `${changed} changed`}</span>
          <Button
            variant="default"
            // Not `disabled`: it would lose the focus when pressed, and with it Escape.
            aria-disabled={changed === 0}
            data-disabled={changed === 0}
            onClick={() => {
              applyStep(updateSocket(draft.id, { options: defaultSocketOptions }))
              setResets(resets + 1)
            }}
          >
            Reset to defaults
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
