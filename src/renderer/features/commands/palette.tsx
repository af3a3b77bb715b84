import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { type AppCommand, appCommands, shortcutInWords } from '../../../shared/app-commands.ts'
import { report } from '../../report.ts'
import { openDialog } from '../../state/dialogs.ts'
import { runCommand } from '../../state/run-command.ts'
import { isMac } from '../../ui/platform.ts'
import classes from './commands.module.css'

/** Commands whose group or title contains every typed word; titles that start with the first word come first. */
function find(text: string): AppCommand[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const rank = ({ title }: AppCommand) => (title.toLowerCase().startsWith(words[0] ?? '') ? 0 : 1)
  return appCommands
    .filter(({ id }) => id !== 'palette')
    .filter(({ title, group }) => words.every((word) => `${group} ${title}`.toLowerCase().includes(word)))
    .sort((one, other) => rank(one) - rank(other))
}

const optionId = (id: string): string => `command-${id}`

/** Finds and runs any command. */
export function Palette() {
  const [text, setText] = useState('')
  const [marked, setMarked] = useState(0)
  const found = find(text)
  const current = found[Math.min(marked, found.length - 1)]
  const run = (command: AppCommand | undefined) => {
    if (!command) return
    openDialog(null)
    // The dialog restores the focus first; the command may then move it.
    requestAnimationFrame(() => runCommand(command.id, report))
  }
  const move = (by: number) => {
    const next = (Math.min(marked, found.length - 1) + by + found.length) % Math.max(1, found.length)
    setMarked(next)
    document.getElementById(optionId(found[next]?.id ?? ''))?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label="Command"
        aria-expanded
        aria-controls="commands"
        aria-activedescendant={current ? optionId(current.id) : undefined}
        placeholder="Type a command"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setMarked(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(1)
          else if (event.key === 'ArrowUp') move(-1)
          else if (event.key === 'Enter') run(current)
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <div id="commands" role="listbox" aria-label="Commands" className={classes.list}>
        {found.map((command) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field above, which keeps the focus
          // biome-ignore lint/a11y/useFocusableInteractive: marked by aria-activedescendant
          <div
            key={command.id}
            id={optionId(command.id)}
            role="option"
            aria-selected={command === current}
            className={classes.option}
            onClick={() => run(command)}
          >
            <span>{command.title}</span>
            <kbd className={classes.keys}>{command.shortcut ? shortcutInWords(command.shortcut, isMac) : ''}</kbd>
          </div>
        ))}
      </div>
      {found.length === 0 ? <p className={classes.none}>No matching commands.</p> : null}
    </>
  )
}
