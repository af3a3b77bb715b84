import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { isPath } from '../../../shared/codecs/tree-path.ts'
import type { CsvColumn, CsvValue, OfferedColumn } from '../../../shared/transcript/csv-columns.ts'
import classes from './csv.module.css'

const leastFrames = 4

/** How the values of a frame are read, as those that are offered. */
const valueLike = (offered: readonly OfferedColumn[], frame: number): CsvValue | undefined =>
  offered.flatMap(({ column }) => ('value' in column && column.value.frame === frame ? [column.value] : []))[0]

interface CsvPathProps {
  readonly offered: readonly OfferedColumn[]
  readonly onAdd: (column: CsvColumn) => void
}

/** Adds a value that the message does not have which is looked at. */
export function CsvPath({ offered, onAdd }: CsvPathProps) {
  const [frame, setFrame] = useState(0)
  const [text, setText] = useState('')
  const path = text.trim()
  const isWrong = path !== '' && !isPath(path)
  const last = Math.max(...offered.map(({ column }) => ('value' in column ? column.value.frame : 0)), 0)
  const frames = Array.from({ length: Math.max(leastFrames, last + 1) }, (_, index) => index)
  return (
    <form
      className={classes.path}
      aria-label="Another value"
      onSubmit={(event) => {
        event.preventDefault()
        if (path === '' || isWrong) return
        const { encoding = null, message = null } = valueLike(offered, frame) ?? {}
        onAdd({ value: { frame, encoding, message, path } })
        setText('')
      }}
    >
      <NativeSelect
        aria-label="Frame of the value"
        w={92}
        data={frames.map((index) => ({ value: `${index}`, label: `Frame ${index + 1}` }))}
        value={`${frame}`}
        onChange={(event) => setFrame(Number(event.currentTarget.value))}
      />
      <TextInput
        className={classes.pathField ?? ''}
        aria-label="Path of the value"
        placeholder="$.price"
        spellCheck={false}
        maxLength={1024}
        value={text}
        error={isWrong ? 'Write a path, such as $.items[0].price.' : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button
        type="submit"
        variant="default"
        aria-disabled={path === '' || isWrong}
        data-disabled={path === '' || isWrong}
      >
        Add
      </Button>
    </form>
  )
}
