import { ActionIcon, Popover } from '@mantine/core'
import { IconHelp } from '@tabler/icons-react'
import { useState } from 'react'
import { searchForms, searchTerms } from '../../shared/transcript/search/terms.ts'
import classes from './search-help.module.css'

interface SearchHelpProps {
  /** What is filtered, for the accessible name: `messages`. */
  readonly name: string
  /** Given an example that was chosen. */
  readonly onUse: (example: string) => void
}

const parts = [
  { heading: 'Words and values', rows: searchForms },
  { heading: 'Terms', rows: searchTerms },
] as const

/** What can be searched for, each with an example to choose. */
export function SearchHelp({ name, onUse }: SearchHelpProps) {
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={440} returnFocus={false}>
      <Popover.Target>
        <ActionIcon
          size={30}
          aria-label={`What to search for in ${name}`}
          title="What to search for"
          onClick={() => setOpened(!opened)}
        >
          <IconHelp size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="What to search for" p={0}>
        <div className={classes.help}>
          {parts.map(({ heading, rows }) => (
            <section key={heading} aria-label={heading}>
              <h3 className={classes.heading}>{heading}</h3>
              <ul className={classes.list}>
                {rows.map(({ example, words }) => (
                  <li key={example}>
                    <button
                      type="button"
                      className={classes.row}
                      onClick={() => {
                        setOpened(false)
                        onUse(example)
                      }}
                    >
                      <code className={classes.example}>{example}</code>
                      <span className={classes.words}>{words}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
