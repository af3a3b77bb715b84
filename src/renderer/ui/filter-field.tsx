import { type ReactNode, useRef } from 'react'
import { SavedFiltersButton, type SavedFiltersProps } from './saved-filters.tsx'
import { SearchField } from './search-field.tsx'
import { SearchHelp } from './search-help.tsx'

interface FilterFieldProps {
  /** What is filtered: `messages`. The field is named after it. */
  readonly name: string
  readonly value: string
  /** What is wrong with the text; null for nothing. */
  readonly problem: string | null
  readonly saved: SavedFiltersProps
  /** Where to look, at the end of the field. */
  readonly children?: ReactNode
  readonly onChange: (value: string) => void
  /** Given a whole search, to look for anywhere. */
  readonly onChoose: (value: string) => void
}

/** The field for a search of the log, with the filters that were saved and what can be searched for beside it. */
export function FilterField({ name, value, problem, saved, children, onChange, onChoose }: FilterFieldProps) {
  const field = useRef<HTMLInputElement>(null)
  const choose = (text: string) => {
    onChoose(text)
    field.current?.focus()
  }
  const add = (example: string) => choose(value.trim() === '' ? example : `${value.trimEnd()} ${example}`)
  return (
    <SearchField
      label={`Filter ${name}`}
      value={value}
      problem={problem}
      field={field}
      onChange={onChange}
      beside={
        <>
          <SavedFiltersButton name={name} text={value} {...saved} onChoose={choose} />
          <SearchHelp name={name} onUse={add} />
        </>
      }
    >
      {children}
    </SearchField>
  )
}
