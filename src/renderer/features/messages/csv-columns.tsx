import { ActionIcon, Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import {
  type CsvColumn,
  csvFields,
  headingOf,
  isSameColumn,
  keyOfColumn,
  maximumColumns,
} from '../../../shared/transcript/csv-columns.ts'
import { type CsvExport, useCsvColumns, useCsvExport } from '../../state/csv-export.ts'
import { openDialog } from '../../state/dialogs.ts'
import classes from './csv.module.css'
import { csvFieldWords } from './csv-fields.ts'
import { CsvOffered } from './csv-offered.tsx'
import { CsvPath } from './csv-path.tsx'
import { useCsvPreview } from './use-csv-preview.ts'

/** The list with an item at another place. */
function moved(columns: readonly CsvColumn[], from: number, by: -1 | 1): readonly CsvColumn[] {
  const [item] = columns.slice(from)
  const others = columns.filter((_column, index) => index !== from)
  return item ? others.toSpliced(from + by, 0, item) : columns
}

interface ChosenProps {
  readonly columns: readonly CsvColumn[]
  readonly onChange: (columns: readonly CsvColumn[]) => void
}

/** The columns of the file in their order. */
function Chosen({ columns, onChange }: ChosenProps) {
  if (columns.length === 0) return <p className={classes.none}>Add the columns that the file is to have.</p>
  return (
    <ol className={classes.list} aria-label="Columns of the file">
      {columns.map((column, index) => {
        const name = headingOf(column)
        return (
          <li key={keyOfColumn(column)} className={classes.chosen}>
            <bdi className={classes.column} title={name}>
              {name}
            </bdi>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Move ${name} up`}
              // Not `disabled`: it would lose the focus when pressed.
              aria-disabled={index === 0}
              data-disabled={index === 0}
              onClick={() => index > 0 && onChange(moved(columns, index, -1))}
            >
              <IconArrowUp size={14} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Move ${name} down`}
              aria-disabled={index === columns.length - 1}
              data-disabled={index === columns.length - 1}
              onClick={() => index < columns.length - 1 && onChange(moved(columns, index, 1))}
            >
              <IconArrowDown size={14} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${name}`}
              onClick={() => onChange(columns.filter((each) => each !== column))}
            >
              <IconX size={14} />
            </ActionIcon>
          </li>
        )
      })}
    </ol>
  )
}

interface PreviewProps {
  readonly columns: readonly CsvColumn[]
  readonly rows: readonly (readonly string[])[]
}

/** The first rows of the file. */
function Preview({ columns, rows }: PreviewProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.preview} tabIndex={0} aria-label="The first rows">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={keyOfColumn(column)} scope="col">
                <bdi>{headingOf(column)}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have nothing else, and are drawn anew together
            <tr key={row}>
              {columns.map((column, index) => (
                <td key={keyOfColumn(column)} title={cells[index]}>
                  <bdi>{cells[index]}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Form({ asked }: { readonly asked: CsvExport }) {
  const [columns, onChange] = useCsvColumns(asked.socket)
  const { rows, offered, problem } = useCsvPreview(asked, columns)
  const add = (column: CsvColumn) => {
    if (!columns.some((each) => isSameColumn(each, column))) onChange([...columns, column].slice(0, maximumColumns))
  }
  const fields = csvFields.map((field) => ({ column: { field }, sample: csvFieldWords[field] }))
  const isEmpty = columns.length === 0
  return (
    <>
      <div className={classes.sides}>
        <div className={classes.side}>
          <h3 className={classes.heading}>Columns to add</h3>
          <div className={classes.scrolled}>
            <CsvOffered
              heading={asked.opened === undefined ? 'Values of the newest message' : 'Values of the open message'}
              columns={offered}
              chosen={columns}
              onAdd={add}
            />
            <CsvOffered heading="Fields of each message" columns={fields} chosen={columns} onAdd={add} />
          </div>
          <CsvPath offered={offered} onAdd={add} />
        </div>
        <div className={classes.side}>
          <h3 className={classes.heading}>Columns of the file</h3>
          <div className={classes.scrolled}>
            <Chosen columns={columns} onChange={onChange} />
          </div>
        </div>
      </div>
      <h3 className={classes.heading}>The first rows</h3>
      {problem === null ? (
        <Preview columns={columns} rows={rows} />
      ) : (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={() => openDialog(null)}>
          Cancel
        </Button>
        <Button
          aria-disabled={isEmpty}
          data-disabled={isEmpty}
          onClick={() => {
            if (isEmpty) return
            openDialog(null)
            asked.save(columns)
          }}
        >
          Save as CSV…
        </Button>
      </div>
    </>
  )
}

/** Asks for the columns of an export, and shows what it would be like. */
export function CsvColumns() {
  const asked = useCsvExport()
  return asked ? <Form asked={asked} /> : null
}
