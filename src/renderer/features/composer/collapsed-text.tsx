import { Button } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { useMemo } from 'react'
import { formatCount } from '../../../shared/format.ts'
import classes from './composer.module.css'
import { lineCount } from './text-size.ts'

/** So much of the text says which one it is. */
const shownCharacters = 300

interface CollapsedTextProps {
  readonly text: string
  /** Null when the text is too long to be edited here. */
  readonly onShow: (() => void) | null
  /** Null when there is nothing to go back to. */
  readonly onUndo: (() => void) | null
  readonly onSave: () => void
  readonly onClear: () => void
}

/** Control characters would be invisible, and a line of its own each. */
const visible = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ')

/** A text that is too long to be laid out: it is kept and sent as it is. */
export function CollapsedText({ text, onShow, onUndo, onSave, onClear }: CollapsedTextProps) {
  const lines = useMemo(() => lineCount(text), [text])
  return (
    <div role="group" aria-label="Long text" className={classes.collapsed}>
      <div className={classes.collapsedHead}>
        <IconFileText size={16} aria-hidden />
        <span className="tabular">
          Long text: {formatCount(text.length)} characters in {lines === 1 ? '1 line' : `${formatCount(lines)} lines`}
        </span>
      </div>
      <div className={classes.collapsedStart}>{visible(text.slice(0, shownCharacters))}…</div>
      <div className={classes.collapsedNote}>
        All of it is sent.{' '}
        {onShow
          ? 'Showing it takes a moment.'
          : 'It is too long to be edited here: save it, edit the file, and load it.'}
      </div>
      <div className={classes.collapsedActions}>
        {onShow ? (
          <Button size="compact-xs" variant="default" onClick={onShow}>
            Show as text
          </Button>
        ) : null}
        {onUndo ? (
          <Button size="compact-xs" variant="default" onClick={onUndo}>
            Undo
          </Button>
        ) : null}
        <Button size="compact-xs" variant="default" onClick={onSave}>
          Save to file…
        </Button>
        <Button size="compact-xs" variant="default" onClick={onClear}>
          Clear
        </Button>
      </div>
    </div>
  )
}
