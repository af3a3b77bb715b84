import { ActionIcon, Button, Popover } from '@mantine/core'
import { IconChevronDown, IconPlayerStop, IconSend } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { cancel, send, stopRepeat } from '../../state/actions.ts'
import { useSessions } from '../../state/session-store.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import { isMac } from '../../ui/platform.ts'
import classes from './send.module.css'

/** Loaded when it is opened. */
const SendMenu = lazy(async () => ({ default: (await import('./send-menu.tsx')).SendMenu }))

/** Stops after the current exchange; pressed again, cancels that one too. */
function StopButton({ sessionId }: { readonly sessionId: string }) {
  const [stopping, setStopping] = useState(false)
  return (
    <Button
      variant="default"
      className={classes.primary ?? ''}
      leftSection={<IconPlayerStop size={14} />}
      title={stopping ? 'Waiting for the last reply. Press to stop now.' : 'Stop after the next reply'}
      onClick={() => {
        setStopping(true)
        void (stopping ? cancel(sessionId) : stopRepeat(sessionId))
      }}
    >
      {stopping ? 'Stop now' : 'Stop'}
    </Button>
  )
}

/** Sends the message, or ends what is under way, in the same place. */
function Primary() {
  const draft = useActiveDraft()
  const isSending = useSessions(({ outcomes }) => (outcomes[draft.id]?.sendingSince ?? null) !== null)
  const repeatedSince = useSessions(({ sessions }) => {
    const repeat = sessions[draft.id]?.repeat
    return repeat?.running ? repeat.startedAt : null
  })
  if (repeatedSince !== null) return <StopButton key={repeatedSince} sessionId={draft.id} />
  if (isSending) {
    return (
      <Button
        color="red"
        variant="light"
        className={classes.primary ?? ''}
        leftSection={<IconPlayerStop size={14} />}
        onClick={() => void cancel(draft.id)}
      >
        Cancel
      </Button>
    )
  }
  return (
    <Button
      aria-label="Send"
      data-part="send"
      data-tour-target="send"
      className={classes.primary ?? ''}
      title="Send the message"
      leftSection={<IconSend size={14} />}
      onClick={() => void send(draft)}
    >
      Send<span className={classes.shortcut}>{isMac ? '⌘↵' : 'Ctrl ↵'}</span>
    </Button>
  )
}

/** Send, with what else can be done with the message: repeat it, limit the time of its reply. */
export function SendControl() {
  const { id, pattern } = useActiveDraft()
  const [open, setOpen] = useState(false)
  const isBusy = useSessions(
    ({ outcomes, sessions }) => (outcomes[id]?.sendingSince ?? null) !== null || sessions[id]?.repeat?.running === true,
  )
  if (!patternOf(pattern).sends) return null
  return (
    <div className={classes.send}>
      <Primary />
      <Popover opened={open} onChange={setOpen} position="bottom-end" width={320}>
        <Popover.Target>
          <ActionIcon
            aria-label="More ways to send"
            title="Time limit, repeat, recent messages"
            variant={isBusy ? 'default' : 'filled'}
            color="accent"
            size={30}
            className={classes.more}
            data-quiet={isBusy || undefined}
            onClick={() => setOpen(!open)}
          >
            <IconChevronDown size={14} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown aria-label="More ways to send">
          <Suspense fallback={null}>
            <SendMenu key={id} isBusy={isBusy} onClose={() => setOpen(false)} />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}
