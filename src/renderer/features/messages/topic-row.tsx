import { ActionIcon } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { formatCount, formatRate, formatSize } from '../../../shared/format.ts'
import type { TopicRow } from '../../../shared/topics/page.ts'
import { onPress } from '../../ui/on-press.ts'
import classes from './topics.module.css'

/** What came so short a time ago is lit up, in milliseconds. */
const freshMs = 700

interface TopicRowProps {
  readonly row: TopicRow
  readonly isOpen: boolean
  /** 1 for a topic of the first level. */
  readonly level: number
  /** In milliseconds since the epoch. */
  readonly now: number
  readonly onToggle: () => void
}

const units = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1000 },
] as const

/** How long ago something came, in whole units, so that it does not flicker. */
function ageOf(at: number, now: number): string {
  const unit = units.find(({ ms }) => now - at >= ms)
  return unit ? `${Math.floor((now - at) / unit.ms)} ${unit.name}` : 'now'
}

const indent = 14
/** Deeper levels are not indented further: their names would move off screen. */
const indentedLevels = 20

/** The cells of a topic. The row itself is drawn by its tree. */
export function TopicCells({ row, isOpen, level, now, onToggle }: TopicRowProps) {
  const { name, children, count, rate, bytes, lastAt, changedAt, value, isTopic, isCut } = row
  return (
    <>
      <span className={classes.topic} style={{ paddingLeft: Math.min(level - 1, indentedLevels) * indent }}>
        <span className={classes.twist}>
          {children > 0 ? (
            <ActionIcon
              size={18}
              tabIndex={-1}
              aria-label={isOpen ? `Close ${name}` : `Open ${name}`}
              {...onPress(onToggle)}
            >
              {isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
            </ActionIcon>
          ) : null}
        </span>
        <span className={classes.name} data-inner={!isTopic || undefined}>
          {name === '' ? <em>empty</em> : name}
          {isCut ? '…' : ''}
        </span>
      </span>
      <span className={classes.value} data-fresh={now - changedAt < freshMs || undefined} title={value ?? undefined}>
        {value ?? ''}
      </span>
      <span className={classes.number}>{formatCount(count)}</span>
      <span className={classes.number}>{rate === 0 ? '' : formatRate(rate)}</span>
      <span className={classes.number} data-wide>
        {formatSize(bytes)}
      </span>
      <span className={classes.number} data-wide>
        {ageOf(lastAt, now)}
      </span>
    </>
  )
}
