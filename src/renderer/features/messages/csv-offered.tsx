import { IconPlus } from '@tabler/icons-react'
import {
  type CsvColumn,
  headingOf,
  isSameColumn,
  keyOfColumn,
  type OfferedColumn,
} from '../../../shared/transcript/csv-columns.ts'
import classes from './csv.module.css'

interface CsvOfferedProps {
  readonly heading: string
  readonly columns: readonly OfferedColumn[]
  readonly chosen: readonly CsvColumn[]
  readonly onAdd: (column: CsvColumn) => void
}

/** Columns that can be added, with what is in them. */
export function CsvOffered({ heading, columns, chosen, onAdd }: CsvOfferedProps) {
  const left = columns.filter(({ column }) => !chosen.some((each) => isSameColumn(each, column)))
  if (left.length === 0) return null
  return (
    <section aria-label={heading}>
      <h4 className={classes.group}>{heading}</h4>
      <ul className={classes.list}>
        {left.map(({ column, sample }) => (
          <li key={keyOfColumn(column)}>
            <button
              type="button"
              className={classes.offer}
              aria-label={`Add ${headingOf(column)}`}
              onClick={() => onAdd(column)}
            >
              <IconPlus size={14} aria-hidden />
              <bdi className={classes.column}>{headingOf(column)}</bdi>
              <bdi className={classes.sample}>{sample}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
