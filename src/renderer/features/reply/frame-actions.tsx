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

/** The text of the view with its encoding; hex where the view cannot show these bytes. */
function textOf(bytes: Uint8Array, view: EncodingId): { text: string; encoding: EncodingId } {
  try {
    return { text: codecs[view].decode(bytes), encoding: view }
  } catch (thrown) {
    if (thrown instanceof CodecError) return { text: codecs.hex.decode(bytes), encoding: 'hex' }
    throw thrown
  }
}

/** Copies a frame as it is shown, or saves its bytes as they are. */
export function FrameActions({ bytes, number, view }: FrameActionsProps) {
  const [copied, setCopied] = useState<EncodingId | null>(null)
  const copy = async () => {
    const { text, encoding } = textOf(bytes, view)
    await call('clipboard.write', { text })
    setCopied(encoding)
  }
  const save = () => call('file.save', { name: `reply-frame-${number}.bin`, bytes })
  return (
    <>
      <Tooltip label={copied ? `Copied as ${codecs[copied].label}` : `Copy as ${codecs[view].label}`}>
        <ActionIcon
          aria-label={`Copy reply frame ${number}`}
          onClick={() => copy().catch(report)}
          onBlur={() => setCopied(null)}
          onMouseLeave={() => setCopied(null)}
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
