import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { viewFacts } from '../../../shared/codecs/facts.ts'
import { report } from '../../report.ts'
import { frameItems } from './frame-items.ts'
import { FrameMenu } from './frame-menu.tsx'
import type { FrameUse } from './frame-use.ts'
import classes from './reply.module.css'

interface FrameActionsProps {
  readonly use: FrameUse
  /** Counted from 1. */
  readonly number: number
  readonly onFind: () => void
}

/** Copies the frame or the selection, saves the bytes, opens the search. */
export function FrameActions({ use, number, onFind }: FrameActionsProps) {
  const [copied, setCopied] = useState(false)
  const { view, form } = use.opened
  const copyShown = async () => {
    await use.onCopy('shown')
    setCopied(true)
  }
  return (
    <span className={classes.actions}>
      <Tooltip label={copied ? 'Copied' : `Copy as ${viewFacts[view].label}${form === 'pretty' ? ', pretty' : ''}`}>
        <ActionIcon
          size={24}
          aria-label={`Copy reply frame ${number}`}
          onClick={() => copyShown().catch(report)}
          onBlur={() => setCopied(false)}
          onMouseLeave={() => setCopied(false)}
        >
          {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Save the bytes to a file">
        <ActionIcon size={24} aria-label={`Save reply frame ${number}`} onClick={() => use.onSave().catch(report)}>
          <IconDownload size={16} />
        </ActionIcon>
      </Tooltip>
      <FrameMenu number={number} items={frameItems(use, onFind)} />
    </span>
  )
}
