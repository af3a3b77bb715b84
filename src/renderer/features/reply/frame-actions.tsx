import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { viewFacts } from '../../../shared/codecs/facts.ts'
import { call } from '../../api.ts'
import type { DecoderCalls } from '../../decoding/decoder-calls.ts'
import type { OpenFrame } from '../../decoding/use-frame.ts'
import { report } from '../../report.ts'
import { takeAsRequest } from '../../state/frame-as-request.ts'
import type { Selection } from './bytes-view.tsx'
import { FrameMenu } from './frame-menu.tsx'
import classes from './reply.module.css'

type Format = DecoderCalls['copy']['input']['format']

interface FrameActionsProps {
  readonly open: OpenFrame
  readonly number: number
  readonly selection: Selection | null
  /** The message that contains the frame. */
  readonly frames: readonly Uint8Array[]
  /** The connection, for the views its frames are shown in. */
  readonly sessionId: string
  readonly onFind: () => void
}

/** Copies the frame or the selection, saves the bytes, opens the search. */
export function FrameActions({ open, number, selection, frames, sessionId, onFind }: FrameActionsProps) {
  const [copied, setCopied] = useState<string | null>(null)
  const { remote, opened, bytes } = open
  const isBytes = opened.tree !== null || opened.view === 'hex'
  const part = isBytes && selection?.of === opened ? selection.span : null
  const copy = async (format: Format) => {
    const text = await remote.call('copy', { span: format === 'shown' ? null : part, format })
    if (text === null) throw new Error('These bytes are not UTF-8 text. Copy them as hex.')
    await call('clipboard.write', { text })
    setCopied(format)
  }
  const save = () => call('file.save', { name: `reply-frame-${number}.bin`, bytes })
  return (
    <span className={classes.actions}>
      <Tooltip
        label={
          copied ? 'Copied' : `Copy as ${viewFacts[opened.view].label}${opened.form === 'pretty' ? ', pretty' : ''}`
        }
      >
        <ActionIcon
          size={24}
          aria-label={`Copy reply frame ${number}`}
          onClick={() => copy('shown').catch(report)}
          onBlur={() => setCopied(null)}
          onMouseLeave={() => setCopied(null)}
        >
          {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Save the bytes to a file">
        <ActionIcon size={24} aria-label={`Save reply frame ${number}`} onClick={() => save().catch(report)}>
          <IconDownload size={16} />
        </ActionIcon>
      </Tooltip>
      <FrameMenu
        number={number}
        what={part ? 'selection' : 'frame'}
        canFind={isBytes}
        onFind={onFind}
        onCopy={(format) => void copy(format).catch(report)}
        onUse={() => takeAsRequest(frames, sessionId).catch(report)}
      />
    </span>
  )
}
