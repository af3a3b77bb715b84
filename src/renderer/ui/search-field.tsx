import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type ReactNode, type RefObject, useId } from 'react'
import { maximumSearchLength } from '../../shared/transcript/search.ts'
import classes from './search-field.module.css'

interface SearchFieldProps {
  /** The accessible name. */
  readonly label: string
  readonly value: string
  /** What is wrong with the text; null for nothing. */
  readonly problem: string | null
  readonly field?: RefObject<HTMLInputElement | null>
  /** Where to look, at the end of the field. */
  readonly children?: ReactNode
  /** What stands beside the field. */
  readonly beside?: ReactNode
  readonly onChange: (value: string) => void
}

/** A field to search with: × and Esc clear it. */
export function SearchField({ label, value, problem, field, children, beside, onChange }: SearchFieldProps) {
  const problemId = useId()
  return (
    <div className={classes.search} data-choosing={children ? true : undefined}>
      <div className={classes.line}>
        <TextInput
          {...(field ? { ref: field } : {})}
          className={classes.field ?? ''}
          aria-label={label}
          aria-describedby={problem === null ? undefined : problemId}
          data-part="filter"
          placeholder="Search"
          leftSection={<IconSearch size={14} />}
          rightSection={
            <span className={classes.end}>
              {value === '' ? null : (
                <CloseButton size="xs" aria-label="Reset the search" tabIndex={-1} onClick={() => onChange('')} />
              )}
              {children}
            </span>
          }
          rightSectionWidth={children ? 128 : 28}
          value={value}
          maxLength={maximumSearchLength}
          spellCheck={false}
          error={problem !== null}
          onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || value === '') return
            event.preventDefault()
            onChange('')
          }}
        />
        {beside}
      </div>
      {problem === null ? null : (
        <p id={problemId} role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
    </div>
  )
}
