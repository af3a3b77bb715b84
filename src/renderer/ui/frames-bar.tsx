import { Button, NumberInput } from '@mantine/core'
import { useState } from 'react'
import classes from './frames-bar.module.css'

interface FramesBarProps {
  /** What the frames belong to, such as `the reply`. */
  readonly of: string
  readonly count: number
  /** Goes to a frame, counted from 1. */
  readonly onGo: (number: number) => void
  readonly onFoldAll: (folded: boolean) => void
}

/** Finds one's way in a message of many frames. */
export function FramesBar({ of, count, onGo, onFoldAll }: FramesBarProps) {
  const [number, setNumber] = useState<number | string>('')
  const isThere = typeof number === 'number' && number >= 1 && number <= count
  return (
    <form
      aria-label={`Frames of ${of}`}
      className={classes.bar}
      onSubmit={(event) => {
        event.preventDefault()
        if (isThere) onGo(number)
      }}
    >
      <NumberInput
        aria-label={`Go to a frame of ${of}`}
        placeholder="Go to frame"
        size="xs"
        w={120}
        min={1}
        max={count}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        hideControls
        value={number}
        onChange={setNumber}
      />
      <Button type="submit" variant="default" disabled={!isThere}>
        Go
      </Button>
      <span className={classes.rest}>
        <Button variant="subtle" onClick={() => onFoldAll(true)}>
          Fold all
        </Button>
        <Button variant="subtle" onClick={() => onFoldAll(false)}>
          Unfold all
        </Button>
      </span>
    </form>
  )
}
