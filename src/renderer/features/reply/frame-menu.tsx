import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowBackUp, IconCopy, IconDots, IconSearch } from '@tabler/icons-react'
import { copyFormatLabels, copyFormats } from '../../../shared/codecs/copy-as.ts'
import type { DecoderCalls } from '../../decoding/decoder-calls.ts'

interface FrameMenuProps {
  readonly number: number
  /** What Copy takes: the selection if any, else the frame. */
  readonly what: 'frame' | 'selection'
  readonly canFind: boolean
  readonly onFind: () => void
  readonly onCopy: (format: DecoderCalls['copy']['input']['format']) => void
  /** Absent when there is no message to use. */
  readonly onUse: (() => void) | undefined
}

/** Further actions on a received frame. */
export function FrameMenu({ number, what, canFind, onFind, onCopy, onUse }: FrameMenuProps) {
  return (
    <Menu position="bottom-end" withinPortal transitionProps={{ duration: 0 }} returnFocus={false}>
      <Menu.Target>
        <ActionIcon size={24} aria-label={`Actions for reply frame ${number}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {canFind ? (
          <Menu.Item leftSection={<IconSearch size={14} />} onClick={onFind}>
            Find…
          </Menu.Item>
        ) : null}
        {onUse ? (
          <Menu.Item leftSection={<IconArrowBackUp size={14} />} onClick={onUse}>
            Use this message as the request
          </Menu.Item>
        ) : null}
        <Menu.Label>Copy the {what} as</Menu.Label>
        {copyFormats.map((format) => (
          <Menu.Item key={format} leftSection={<IconCopy size={14} />} onClick={() => onCopy(format)}>
            {copyFormatLabels[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
