import { type Hideable, hideable, type LogFilter } from '../../shared/transcript/query.ts'
import classes from './filter-chips.module.css'

const names: Readonly<Record<Hideable, string>> = {
  sent: 'Sent',
  received: 'Received',
  events: 'Events',
  'echo-server': 'Echo server',
}

interface FilterChipsProps {
  /** What is shown or hidden, for the accessible name: `log`. */
  readonly name: string
  /** What can be hidden here. */
  readonly offered: readonly Hideable[]
  readonly hides: LogFilter['hides']
  /** What is hidden or shown whatever its chip says. */
  readonly idle?: Hideable | undefined
  readonly onChange: (hides: LogFilter['hides']) => void
}

/** What a list shows: each chip switches a part of it on and off. */
export function FilterChips({ name, offered, hides, idle, onChange }: FilterChipsProps) {
  return (
    <div role="group" aria-label={`Shown in ${name}`} className={classes.chips}>
      {hideable
        .filter((each) => offered.includes(each))
        .map((each) => {
          const isShown = !hides.includes(each)
          return (
            <button
              key={each}
              type="button"
              className={classes.chip}
              aria-pressed={isShown}
              disabled={each === idle}
              onClick={() => onChange(isShown ? [...hides, each] : hides.filter((other) => other !== each))}
            >
              {names[each]}
            </button>
          )
        })}
    </div>
  )
}
