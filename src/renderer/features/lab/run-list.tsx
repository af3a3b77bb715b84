import { ActionIcon, Button, Checkbox, Popover, TextInput, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconPencil, IconTrash, IconUpload } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { visibleText } from '../../../report/plots/plot-text.ts'
import { formatCount, formatDuration } from '../../../shared/format.ts'
import { namesByDifference } from '../../../shared/lab/run-names.ts'
import { baselineOf, nameAndTime, whenMade } from '../../../shared/lab/run-order.ts'
import type { RunRow } from '../../../shared/lab/run-row.ts'
import { call } from '../../api.ts'
import { chooseBaseline, mostSelected, readRows, showRun, toggleRun, useLab, withRuns } from '../../state/lab-store.ts'
import { Heading } from '../../ui/heading.tsx'
import classes from './lab.module.css'

function Rename({ row }: { readonly row: RunRow }) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState(row.name)
  const valid = name.trim() !== '' && name.length <= 200
  return (
    <Popover opened={open} onChange={setOpen} width={260} position="bottom-end">
      <Popover.Target>
        <ActionIcon
          size="sm"
          aria-label={`Rename ${nameAndTime(row)}`}
          onClick={() => {
            setName(row.name)
            setOpen(!open)
          }}
        >
          <IconPencil size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="Rename run">
        <form
          className={classes.rename}
          onSubmit={(event) => {
            event.preventDefault()
            if (!valid) return
            setOpen(false)
            void withRuns(() => call('lab.rename', { id: row.id, name: name.trim() }))
          }}
        >
          <TextInput
            label="Name of the run"
            data-autofocus
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!valid}>
            Rename
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

function Remove({ row }: { readonly row: RunRow }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end">
      <Popover.Target>
        <ActionIcon size="sm" aria-label={`Delete ${nameAndTime(row)}`} onClick={() => setOpen(!open)}>
          <IconTrash size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="Delete run">
        <Button
          color="red.9"
          onClick={() => {
            setOpen(false)
            void withRuns(() => call('lab.remove', { id: row.id }))
          }}
        >
          Delete this run for good
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}

/** Chooses the run that the other shown ones are compared with. */
function Baseline({ row }: { readonly row: RunRow }) {
  const isBaseline = useLab(({ shown, baseline }) => baselineOf(shown, baseline)?.id === row.id)
  return (
    <label className={classes.baseline} title="Compare the other ticked runs with this one">
      <input
        type="radio"
        name="baseline"
        aria-label={`Baseline: ${nameAndTime(row)}`}
        checked={isBaseline}
        onChange={() => chooseBaseline(row.id)}
      />
      Baseline
    </label>
  )
}

interface RowProps {
  readonly row: RunRow
  /** What tells it from the others. */
  readonly title: string
  readonly isShown: boolean
}

function Row({ row, title, isShown }: RowProps) {
  const count = useLab(({ shown }) => shown.length)
  const full = count >= mostSelected
  const when = row.startedAt === 0 ? '' : whenMade(row)
  const figures =
    row.p50Ns === null || row.p99Ns === null
      ? [`${formatCount(row.steps)} steps`]
      : [`p50 ${formatDuration(row.p50Ns)}`, `p99 ${formatDuration(row.p99Ns)}`]
  return (
    <li className={classes.run} data-shown={isShown || undefined}>
      <Checkbox
        aria-label={`Overlay ${nameAndTime(row)}`}
        title={!isShown && full ? `At most ${mostSelected} at a time` : 'Compare with the runs shown'}
        checked={isShown}
        disabled={!isShown && full}
        onChange={() => void withRuns(() => toggleRun(row.id))}
      />
      <button type="button" className={classes.runButton} onClick={() => void withRuns(() => showRun(row.id))}>
        <span className={classes.runName} title={row.name}>
          <bdi>{visibleText(title)}</bdi>
        </span>
        <span className={classes.runAbout}>
          {when}
          {row.outcome === 'finished' ? '' : `, ${row.outcome}`}
        </span>
        {row.notStored ? (
          <span className={classes.notStored} title="It is lost when you quit, unless it can be stored before">
            <IconAlertTriangle size={12} aria-hidden /> not stored
          </span>
        ) : null}
        <span className={classes.runAbout} title={row.settings}>
          {figures.map((figure) => (
            <span key={figure} className={classes.runFigure}>
              {figure}
            </span>
          ))}
        </span>
      </button>
      {isShown && count > 1 ? <Baseline row={row} /> : null}
      <span className={classes.runTools}>
        <Rename row={row} />
        <Remove row={row} />
      </span>
    </li>
  )
}

/** The saved runs: a click shows one, the check boxes overlay several. */
export function RunList() {
  const rows = useLab((lab) => lab.rows)
  const shown = useLab((lab) => lab.shown)
  const titles = useMemo(
    () => namesByDifference(rows.map(({ name, aspects }) => ({ name, aspects: aspects ?? null }))),
    [rows],
  )
  const importRun = () =>
    withRuns(async () => {
      const id = await call('lab.import')
      if (id === null) return
      await readRows()
      await showRun(id)
    })
  return (
    <section aria-label="Runs" className={classes.runs}>
      <Heading
        aside={
          <Tooltip label="Import a run from a JSON file">
            <ActionIcon aria-label="Import run" onClick={() => void importRun()}>
              <IconUpload size={16} />
            </ActionIcon>
          </Tooltip>
        }
      >
        Runs
      </Heading>
      {rows.length === 0 ? (
        <p className={classes.note}>No runs yet.</p>
      ) : (
        <ul className={classes.runItems}>
          {rows.map((row, index) => (
            <Row
              key={row.id}
              row={row}
              title={titles[index] ?? row.name}
              isShown={shown.some(({ id }) => id === row.id)}
            />
          ))}
        </ul>
      )}
    </section>
  )
}
