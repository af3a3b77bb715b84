import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconBraces,
  IconCopy,
  IconDots,
  IconFileUpload,
  IconTemplate,
} from '@tabler/icons-react'
import { shortcutInWords, shortcutOf } from '../../../shared/app-commands.ts'
import { encodingFacts } from '../../../shared/codecs/facts.ts'
import type { MessageType } from '../../../shared/codecs/protobuf/schema.ts'
import { type DraftFrame, maximumFrames } from '../../../shared/workspace.ts'
import { report } from '../../report.ts'
import { copyAttachment } from '../../state/attachments.ts'
import { layOutFrame } from '../../state/format.ts'
import { spareFrames } from '../../state/frame-actions.ts'
import { optionsFor } from '../../state/schema-store.ts'
import { forgetSwitch } from '../../state/switch-notes.ts'
import { offerFramesBack } from '../../state/undo.ts'
import { duplicateFrame, moveFrame, updateFrame } from '../../state/workspace-reducers.ts'
import { applyStep } from '../../state/workspace-store.ts'
import { isMac } from '../../ui/platform.ts'
import classes from './composer.module.css'

const formatShortcut = shortcutOf('format')
const formatKeys = formatShortcut && shortcutInWords(formatShortcut, isMac)

interface FrameMenuProps {
  readonly sessionId: string
  readonly frame: DraftFrame
  readonly index: number
  readonly count: number
  readonly onLoad: () => void
}

/** Actions on a frame besides editing and removing. */
export function FrameMenu({ sessionId, frame, index, count, onLoad }: FrameMenuProps) {
  const number = index + 1
  const { message } = encodingFacts[frame.encoding].takesMessage && !frame.attachment ? optionsFor(frame.message) : {}
  const move = (distance: number) => applyStep(moveFrame(sessionId, frame.id, distance))
  const duplicate = async () => {
    const copyId = crypto.randomUUID()
    if (frame.attachment) await copyAttachment(frame.id, copyId)
    applyStep(duplicateFrame(sessionId, frame.id, copyId))
  }
  const { takesMessage, syntax } = encodingFacts[frame.encoding]
  // Without a type, Protobuf's text is no JSON.
  const hasLayout = !frame.attachment && syntax !== 'plain' && (!takesMessage || message !== undefined)
  const writeSkeleton = async (type: MessageType) => {
    const { skeleton } = await import('../../../shared/codecs/protobuf/skeleton.ts')
    forgetSwitch(frame.id)
    const before = await spareFrames(sessionId)
    applyStep(updateFrame(sessionId, frame.id, { text: skeleton(type) }))
    offerFramesBack(`Skeleton written into frame ${number}`, sessionId, before)
  }
  return (
    <Menu position="bottom-end" withinPortal transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon aria-label={`Actions for frame ${number}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowUp size={14} />} disabled={index === 0} onClick={() => move(-1)}>
          Move up
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowDown size={14} />} disabled={index === count - 1} onClick={() => move(1)}>
          Move down
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy size={14} />}
          disabled={count >= maximumFrames}
          onClick={() => duplicate().catch(report)}
        >
          Duplicate
        </Menu.Item>
        <Menu.Item leftSection={<IconFileUpload size={14} />} onClick={onLoad}>
          Load from file…
        </Menu.Item>
        {message ? (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconTemplate size={14} />} onClick={() => writeSkeleton(message).catch(report)}>
              Replace with a skeleton
            </Menu.Item>
          </>
        ) : null}
        {hasLayout ? (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconBraces size={14} />}
              rightSection={formatKeys === null ? null : <kbd className={classes.menuKeys}>{formatKeys}</kbd>}
              onClick={() => layOutFrame(sessionId, frame.id, 'format').catch(report)}
            >
              Format
            </Menu.Item>
          </>
        ) : null}
        {hasLayout && frame.encoding === 'json' ? (
          <Menu.Item
            leftSection={<IconBraces size={14} />}
            onClick={() => layOutFrame(sessionId, frame.id, 'minify').catch(report)}
          >
            Minify
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
}
