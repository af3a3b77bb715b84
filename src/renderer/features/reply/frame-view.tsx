import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { type EncodingId, encodingIds } from '../../../shared/codecs/codec.ts'
import { codecs } from '../../../shared/codecs/index.ts'
import { formatSize } from '../../../shared/format.ts'
import { viewFor } from '../../state/received.ts'
import { FrameActions } from './frame-actions.tsx'
import { FrameContent } from './frame-content.tsx'
import classes from './reply.module.css'
import { choose, type Form, useChoice } from './view-choices.ts'

interface FrameViewProps {
  readonly bytes: Uint8Array
  readonly index: number
  readonly connectionId: string
  readonly openAtFirst: boolean
  /** The view to begin with, which is never a guess; found when the frame is opened where it is not known yet. */
  readonly usual: EncodingId | undefined
}

const forms: { value: Form; label: string }[] = [
  { value: 'text', label: 'Text' },
  { value: 'tree', label: 'Tree' },
]

const choices = encodingIds.map((id) => ({ value: id, label: codecs[id].label }))

/** One frame that arrived: its size, and its bytes in whichever view the person chooses. */
export function FrameView({ bytes, index, connectionId, openAtFirst, usual }: FrameViewProps) {
  /** The closed frame that the person asked to see; the next one in its place is closed again. */
  const [opened, setOpened] = useState<Uint8Array | null>(null)
  const open = openAtFirst || opened === bytes
  const found = useMemo(() => usual ?? (open ? viewFor(bytes) : 'hex'), [usual, open, bytes])
  const { view = found, form = 'text' } = useChoice(connectionId, index)
  const number = index + 1
  const structured = codecs[view].read !== undefined
  return (
    <div role="group" aria-label={`Reply frame ${number}`} className={classes.frame}>
      <div className={classes.line}>
        <span className={classes.number}>{number}</span>
        <NativeSelect
          aria-label={`View reply frame ${number} as`}
          className={classes.view}
          data={choices}
          value={view}
          onChange={(event) => {
            const chosen = encodingIds.find((id) => id === event.currentTarget.value)
            if (chosen) choose(connectionId, index, { view: chosen })
          }}
        />
        <span className={classes.size}>{formatSize(bytes.byteLength)}</span>
        {structured ? (
          <SegmentedControl
            aria-label={`Form of reply frame ${number}`}
            data={forms}
            value={form}
            onChange={(chosen) => choose(connectionId, index, { form: chosen })}
            transitionDuration={0}
          />
        ) : null}
        <FrameActions bytes={bytes} number={number} view={view} />
      </div>
      <div className={classes.box}>
        {open ? (
          <FrameContent bytes={bytes} view={view} tree={structured && form === 'tree'} number={number} />
        ) : (
          <p className={classes.message}>
            All {formatSize(bytes.byteLength)} are here, closed because there is so much.{' '}
            <Button size="compact-xs" variant="default" onClick={() => setOpened(bytes)}>
              Show
            </Button>
          </p>
        )}
      </div>
    </div>
  )
}
