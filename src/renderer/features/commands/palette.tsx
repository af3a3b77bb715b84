import { TextInput } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { maximumRecentCommands } from '../../../shared/workspace.ts'
import { report } from '../../report.ts'
import { openDialog } from '../../state/dialogs.ts'
import { openLab, readRows, showRun, useLab, withRuns } from '../../state/lab-store.ts'
import { notNow } from '../../state/not-now.ts'
import { runCommand } from '../../state/run-command.ts'
import { applyStep, useWorkspace } from '../../state/workspace-store.ts'
import classes from './commands.module.css'
import { type Choice, findEntries, type PaletteEntry, paletteEntries } from './palette-entries.ts'

const optionId = (id: string): string => `palette-${id}`

function act(choice: Choice): void {
  switch (choice.do) {
    case 'run':
      runCommand(choice.command, report)
      break
    case 'show-socket':
      openLab(false)
      applyStep((workspace) => ({ ...workspace, activeSocket: choice.id }))
      break
    case 'show-run':
      openLab(true)
      void withRuns(() => showRun(choice.id))
      break
    case 'open-settings':
      openDialog('settings')
  }
}

/** Remembers what was chosen, for the next time. */
const remember = (id: string) =>
  applyStep((workspace) => {
    const recentCommands = [id, ...workspace.recentCommands.filter((each) => each !== id)]
    return { ...workspace, recentCommands: recentCommands.slice(0, maximumRecentCommands) }
  })

/** Finds and runs any command, and shows any socket, run of the lab and setting. */
export function Palette() {
  const [text, setText] = useState('')
  const [marked, setMarked] = useState(0)
  const sockets = useWorkspace((workspace) => workspace.sockets)
  const recent = useWorkspace(({ recentCommands }) => recentCommands)
  const runs = useLab(({ rows }) => rows)
  useEffect(() => void withRuns(readRows), [])
  const entries = useMemo(() => paletteEntries(sockets, runs, recent, notNow), [sockets, runs, recent])
  const found = useMemo(() => findEntries(entries, text), [entries, text])
  const current = found[Math.min(marked, found.length - 1)]
  const run = (entry: PaletteEntry | undefined) => {
    if (!entry || entry.reason !== null) return
    openDialog(null)
    remember(entry.id)
    // The dialog restores the focus first; the command may then move it.
    requestAnimationFrame(() => act(entry.choice))
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
        placeholder="Command, socket, run or setting"
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
        {found.map((entry) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field above, which keeps the focus
          // biome-ignore lint/a11y/useFocusableInteractive: marked by aria-activedescendant
          <div
            key={entry.id}
            id={optionId(entry.id)}
            role="option"
            aria-selected={entry === current}
            aria-disabled={entry.reason !== null || undefined}
            className={classes.option}
            onClick={() => run(entry)}
          >
            <span className={classes.title}>{entry.title}</span>
            {entry.reason === null ? (
              <kbd className={classes.keys}>{entry.aside}</kbd>
            ) : (
              <span className={classes.keys}>{entry.reason}</span>
            )}
          </div>
        ))}
      </div>
      {found.length === 0 ? <p className={classes.none}>Nothing matches.</p> : null}
    </>
  )
}
