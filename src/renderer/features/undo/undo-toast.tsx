import { Button, CloseButton } from '@mantine/core'
import { useEffect, useState } from 'react'
import { shortcutInWords, shortcutOf } from '../../../shared/app-commands.ts'
import { report } from '../../report.ts'
import { undoLast, useUndoable, withdrawUndo } from '../../state/undo.ts'
import { isMac } from '../../ui/platform.ts'
import classes from './undo.module.css'

/** How long an offer stands, unless the pointer or the focus is at it. */
const standsMs = 10_000

const keys = shortcutInWords(shortcutOf('undo-last') ?? '', isMac)

/** What was replaced or removed last, with a button that takes it back. */
export function UndoToast() {
  const last = useUndoable()
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    // The pointer does not leave what goes from under it.
    if (!last) setHeld(false)
  }, [last])
  useEffect(() => {
    if (!last || isHeld) return
    const timer = setTimeout(withdrawUndo, standsMs)
    return () => clearTimeout(timer)
  }, [last, isHeld])
  return (
    <div role="status" aria-label="Undo" className={classes.place}>
      {last ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: it only stays longer while the pointer is at it
        <div
          className={classes.toast}
          onMouseEnter={() => setHeld(true)}
          onMouseLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <span className={classes.words}>{last.what}</span>
          <Button size="compact-xs" variant="default" onClick={() => undoLast().catch(report)}>
            {last.verb}
            <span className={classes.keys}>{keys}</span>
          </Button>
          <CloseButton size="sm" aria-label="Dismiss" onClick={withdrawUndo} />
        </div>
      ) : null}
    </div>
  )
}
