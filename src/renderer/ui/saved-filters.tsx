import { ActionIcon, Button, Popover, TextInput } from '@mantine/core'
import { IconBookmark, IconPencil, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import classes from './saved-filters.module.css'

interface NamedText {
  readonly name: string
  readonly text: string
}

interface NameFieldProps {
  readonly label: string
  readonly initial: string
  readonly onEnd: (name: string | null) => void
}

/** A field for a name. Enter keeps it, Escape does not. */
function NameField({ label, initial, onEnd }: NameFieldProps) {
  const [name, setName] = useState(initial)
  return (
    <form
      className={classes.naming}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') onEnd(name)
      }}
    >
      <TextInput
        aria-label={label}
        className={classes.field}
        autoFocus
        dir="auto"
        placeholder="Name"
        maxLength={80}
        spellCheck={false}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          // Escape also closes what this stands in.
          event.preventDefault()
          event.stopPropagation()
          onEnd(null)
        }}
      />
      <Button type="submit" aria-disabled={name.trim() === ''} data-disabled={name.trim() === ''}>
        Save
      </Button>
    </form>
  )
}

interface RowProps extends NamedText {
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly onRename: () => void
  readonly onRemove: () => void
}

function Row({ name, text, isChosen, onChoose, onRename, onRemove }: RowProps) {
  return (
    <>
      <button type="button" className={classes.filter} aria-current={isChosen} title={text} onClick={onChoose}>
        <bdi className={classes.name}>{name}</bdi>
        <bdi className={classes.text}>{text}</bdi>
      </button>
      <ActionIcon variant="subtle" color="gray" aria-label={`Rename ${name}`} title="Rename" onClick={onRename}>
        <IconPencil size={14} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label={`Delete ${name}`} title="Delete" onClick={onRemove}>
        <IconTrash size={14} />
      </ActionIcon>
    </>
  )
}

export interface SavedFiltersProps {
  readonly filters: readonly NamedText[]
  readonly save: (name: string, text: string) => void
  readonly rename: (name: string, to: string) => void
  readonly remove: (name: string) => void
}

interface SavedFiltersButtonProps extends SavedFiltersProps {
  /** What is filtered, for the accessible name: `messages`. */
  readonly name: string
  /** The text that the field has now. */
  readonly text: string
  readonly onChoose: (text: string) => void
}

/** The filters that were saved: to choose, rename and delete, and to save the one that is in use. */
export function SavedFiltersButton({ name, text, onChoose, ...saved }: SavedFiltersButtonProps) {
  const { filters, save, rename, remove } = saved
  const [opened, setOpened] = useState(false)
  /** The filter that is being named; an empty text for a new one. */
  const [named, setNamed] = useState<string | null>(null)
  const dropdown = useRef<HTMLDivElement>(null)
  // What had the focus may have gone: without it, Escape would close nothing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what removes controls
  useEffect(() => {
    const { current } = dropdown
    if (current && !current.contains(document.activeElement)) current.querySelector('button')?.focus()
  }, [named, filters])
  const isSaved = filters.some((each) => each.text === text)
  const row = (filter: NamedText): ReactNode =>
    named === filter.name ? (
      <NameField
        label={`New name of ${filter.name}`}
        initial={filter.name}
        onEnd={(to) => {
          setNamed(null)
          if (to !== null) rename(filter.name, to)
        }}
      />
    ) : (
      <Row
        {...filter}
        isChosen={filter.text === text}
        onChoose={() => {
          setOpened(false)
          onChoose(filter.text)
        }}
        onRename={() => setNamed(filter.name)}
        onRemove={() => remove(filter.name)}
      />
    )
  return (
    <Popover
      opened={opened}
      onChange={(next) => {
        setOpened(next)
        setNamed(null)
      }}
      position="bottom-start"
      width={360}
    >
      <Popover.Target>
        <ActionIcon
          size={30}
          aria-label={`Saved filters of ${name}`}
          title="Saved filters"
          onClick={() => setOpened(!opened)}
        >
          <IconBookmark size={16} fill={isSaved ? 'currentColor' : 'none'} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown ref={dropdown} aria-label="Saved filters" p={0}>
        {filters.length === 0 ? (
          <p className={classes.none}>Filters that you save appear here, for all sockets and the log.</p>
        ) : (
          <ul className={classes.list}>
            {filters.map((filter) => (
              <li key={filter.name} className={classes.row}>
                {row(filter)}
              </li>
            ))}
          </ul>
        )}
        <div className={classes.footer}>
          {named === '' ? (
            <NameField
              label="Name of the filter"
              initial=""
              onEnd={(given) => {
                setNamed(null)
                if (given !== null) save(given, text)
              }}
            />
          ) : (
            <Button
              variant="default"
              fullWidth
              // Not `disabled`: it would lose the focus when pressed, and with it Escape.
              aria-disabled={text === ''}
              data-disabled={text === ''}
              onClick={() => setNamed(text === '' ? null : '')}
            >
              Save this filter…
            </Button>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
