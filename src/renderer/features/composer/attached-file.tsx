import { Button } from '@mantine/core'
import { IconFile } from '@tabler/icons-react'
import { formatSize } from '../../../shared/format.ts'
import classes from './composer.module.css'

interface AttachedFileProps {
  readonly name: string
  readonly size: number
  /** Whether the bytes were lost in a restart. */
  readonly missing: boolean
  readonly onLoad: () => void
  readonly onDetach: () => void
}

/** A file too large to edit; it is sent unchanged. */
export function AttachedFile({ name, size, missing, onLoad, onDetach }: AttachedFileProps) {
  return (
    <div className={classes.file}>
      <IconFile size={16} aria-hidden />
      <span className={classes.filename} title={name}>
        {name}
      </span>
      <span className="tabular">{formatSize(size)}</span>
      {missing ? (
        <Button size="compact-xs" variant="default" onClick={onLoad}>
          Load again
        </Button>
      ) : null}
      <Button size="compact-xs" variant="default" onClick={onDetach}>
        Detach
      </Button>
    </div>
  )
}
