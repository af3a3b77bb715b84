import { Button } from '@mantine/core'
import { IconRepeat } from '@tabler/icons-react'
import { useState } from 'react'
import { shortcutInWords, shortcutOf } from '../../../shared/app-commands.ts'
import { possibleTiming } from '../../../shared/session/timing.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import { isMac } from '../../ui/platform.ts'
import { RecentMessages } from './recent-messages.tsx'
import { RepeatForm } from './repeat-form.tsx'
import classes from './send.module.css'
import { TimeoutInput } from './timeout-input.tsx'

const earlierKeys = shortcutInWords(shortcutOf('earlier-message') ?? '', isMac)

interface SendMenuProps {
  /** Whether something is being sent, so that no repeat can be started. */
  readonly isBusy: boolean
  readonly onClose: () => void
}

/** What else than Send can be done with the message. */
export function SendMenu({ isBusy, onClose }: SendMenuProps) {
  const { id, pattern, timing } = useActiveDraft()
  const [repeats, setRepeats] = useState(false)
  const { alone, lockstep } = patternOf(pattern)
  if (repeats) return <RepeatForm onStart={onClose} />
  // Where nothing waits, there is no limit to waiting.
  const waits = alone === 'waits' || possibleTiming(pattern, timing) !== null
  return (
    <div className={classes.menu}>
      {waits ? <TimeoutInput /> : null}
      {lockstep === 'receive-first' ? null : (
        <Button
          variant="default"
          leftSection={<IconRepeat size={14} />}
          disabled={isBusy}
          onClick={() => setRepeats(true)}
        >
          Repeat…
        </Button>
      )}
      <hr className={classes.line} />
      <RecentMessages sessionId={id} keys={earlierKeys} onChosen={onClose} />
    </div>
  )
}
