import { ActionIcon, NumberInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { Span } from '../../../shared/codecs/codec.ts'
import { formatCount } from '../../../shared/format.ts'
import classes from './reply.module.css'

interface PagerProps {
  /** From 0. */
  readonly page: number
  readonly pages: number
  /** The bytes of the part; null when parts do not correspond to bytes. */
  readonly part: Span | null
  readonly total: number
  readonly onPage: (page: number) => void
}

/** Selects which part of a large frame is shown. */
export function Pager({ page, pages, part, total, onPage }: PagerProps) {
  return (
    <div className={classes.pager}>
      <ActionIcon aria-label="Previous part" disabled={page === 0} onClick={() => onPage(page - 1)}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <span>Part</span>
      <NumberInput
        aria-label="Part"
        w={64}
        min={1}
        max={pages}
        allowDecimal={false}
        hideControls
        clampBehavior="blur"
        value={page + 1}
        onChange={(value) => {
          if (typeof value === 'number' && value >= 1 && value <= pages) onPage(value - 1)
        }}
      />
      <span>of {pages}</span>
      <ActionIcon aria-label="Next part" disabled={page === pages - 1} onClick={() => onPage(page + 1)}>
        <IconChevronRight size={16} />
      </ActionIcon>
      {part ? (
        <span>
          bytes {formatCount(part.start)} to {formatCount(part.end - 1)} of {formatCount(total)}
        </span>
      ) : null}
    </div>
  )
}
