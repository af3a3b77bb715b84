import { Button } from '@mantine/core'
import { IconArrowBarToDown, IconArrowDown, IconArrowUp, IconRefresh } from '@tabler/icons-react'
import { formatCount } from '../../shared/format.ts'
import type { LogSort } from '../../shared/transcript/query.ts'
import classes from './follow.module.css'

const hasOwnOrder = (sort: LogSort | null): boolean => sort !== null && sort.by !== 'time'

interface FollowButtonProps {
  readonly following: boolean
  readonly sort: LogSort | null
  readonly onChange: (following: boolean) => void
}

/** Whether a list shows what comes. One in an order of its own cannot. */
export function FollowButton({ following, sort, onChange }: FollowButtonProps) {
  const cannot = hasOwnOrder(sort)
  const isOn = following && !cannot
  return (
    <Button
      variant={isOn ? 'light' : 'default'}
      aria-pressed={isOn}
      disabled={cannot}
      title={cannot ? 'Sort by time to follow' : 'Show each new row as it comes'}
      leftSection={<IconArrowBarToDown size={14} />}
      onClick={() => onChange(!following)}
    >
      Follow
    </Button>
  )
}

interface NewRowsProps {
  /** How many rows have come that are not shown; null until that is known. */
  readonly count: number | null
  readonly sort: LogSort | null
  readonly onShow: () => void
}

/** Leads to what came since the list stands still. */
export function NewRows({ count, sort, onShow }: NewRowsProps) {
  if (count === null || count === 0) return null
  const isOnTop = sort?.by === 'time' && sort.descending
  const Icon = hasOwnOrder(sort) ? IconRefresh : isOnTop ? IconArrowUp : IconArrowDown
  return (
    <Button
      className={classes.newRows ?? ''}
      data-top={isOnTop || undefined}
      size="compact-xs"
      leftSection={<Icon size={14} />}
      onClick={onShow}
    >
      {formatCount(count)} new
    </Button>
  )
}
