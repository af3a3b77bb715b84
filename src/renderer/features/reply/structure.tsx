import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { setFold, useFold } from '../../state/folds.ts'
import { useLayout } from '../../state/layouts.ts'
import { Panels } from '../../ui/panels.tsx'
import classes from './reply.module.css'

/** The fold of the bytes below a structure, which is the same for all frames. */
const part = 'reply-bytes'
/** What is left of the bytes when they are folded. */
const stripPixels = 25

interface StructureProps {
  readonly tree: ReactNode
  readonly bytes: ReactNode
  /** Of the frame, counted from 1. */
  readonly number: number
  /** Whether it takes all the room that there is: a line between both can then be dragged. */
  readonly fills: boolean
}

/** A structure, and below it its bytes, which fold. */
export function Structure({ tree, bytes, number, fills }: StructureProps) {
  const folded = useFold(part, false)
  const layout = useLayout('reply-structure')
  const Twist = folded ? IconChevronRight : IconChevronDown
  const below = (
    <div className={classes.below}>
      <button
        type="button"
        aria-label={`Bytes below reply frame ${number}`}
        aria-expanded={!folded}
        className={classes.strip}
        onClick={() => setFold(part, !folded)}
      >
        <Twist size={14} aria-hidden />
        Bytes
      </button>
      {folded ? null : bytes}
    </div>
  )
  if (!fills) {
    return (
      <div className={classes.structure}>
        {tree}
        {below}
      </div>
    )
  }
  return (
    <div className={classes.filled}>
      <Panels
        {...layout}
        id="reply-structure"
        orientation="vertical"
        panels={[
          { id: 'structure', size: 60, minimum: 66, content: tree },
          { id: 'bytes', size: 40, minimum: 64, content: below },
        ]}
        folding={{ folded, size: stripPixels, onFold: (fold) => setFold(part, fold) }}
      />
    </div>
  )
}
