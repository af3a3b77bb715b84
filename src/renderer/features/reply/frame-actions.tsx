import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { CodecError, type EncodingId } from '../../../shared/codecs/codec.ts'
import { codecs } from '../../../shared/codecs/index.ts'
import { call } from '../../api.ts'
import { report } from '../../state/boot.ts'

interface FrameActionsProps {
  readonly bytes: Uint8Array
  readonly number: number
  readonly view: EncodingId
}

/** The text of the view; hex where the view cannot show these bytes. */
function textOf(bytes: Uint8Array, view: EncodingId): string {
  try {
    return codecs[view].decode(bytes)
  } catch (thrown) {
    if (thrown instanceof CodecError) return codecs.hex.decode(bytes)
    throw thrown
  }
}

/** Copies a frame as it is shown, or saves its bytes as they are. */
export function FrameActions({ bytes, number, view }: FrameActionsProps) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await call('clipboard.write', { text: textOf(bytes, view) })
    setCopied(true)
  }
  const save = () => call('file.save', { name: `reply-frame-${number}.bin`, bytes })
  return (
    <>
      <Tooltip label={copied ? 'Copied' : `Copy as ${codecs[view].label}`}>
        <ActionIcon
          aria-label={`Copy reply frame ${number}`}
          onClick={() => copy().catch(report)}
          onBlur={() => setCopied(false)}
          onMouseLeave={() => setCopied(false)}
        >
          {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Save the bytes to a file">
        <ActionIcon aria-label={`Save reply frame ${number}`} onClick={() => save().catch(report)}>
          <IconDownload size={16} />
        </ActionIcon>
      </Tooltip>
    </>
  )
}
