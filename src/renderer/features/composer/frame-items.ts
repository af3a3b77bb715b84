import {
  IconArrowDown,
  IconArrowUp,
  IconBraces,
  IconCopy,
  IconFileUpload,
  IconRowInsertTop,
  IconTemplate,
  IconX,
} from '@tabler/icons-react'
import { shortcutInWords, shortcutOf } from '../../../shared/app-commands.ts'
import { encodingFacts } from '../../../shared/codecs/facts.ts'
import type { MessageType } from '../../../shared/codecs/protobuf/schema.ts'
import { type DraftFrame, maximumFrames } from '../../../shared/workspace.ts'
import { layOutFrame } from '../../state/format.ts'
import { copyFrame, insertFrameAbove, spareFrames } from '../../state/frame-actions.ts'
import { optionsFor } from '../../state/schema-store.ts'
import { forgetSwitch } from '../../state/switch-notes.ts'
import { offerFramesBack } from '../../state/undo.ts'
import { moveFrame, updateFrame } from '../../state/workspace-reducers.ts'
import { applyStep } from '../../state/workspace-store.ts'
import type { MenuContent } from '../../ui/menu-entries.ts'
import { isMac } from '../../ui/platform.ts'

const formatShortcut = shortcutOf('format')
const formatKeys = formatShortcut === null ? {} : { keys: shortcutInWords(formatShortcut, isMac) }

interface FrameInMessage {
  readonly sessionId: string
  readonly frame: DraftFrame
  /** Counted from 0. */
  readonly index: number
  /** Of all frames. */
  readonly count: number
  readonly onLoad: () => Promise<void>
  readonly onRemove: () => void
}

async function writeSkeleton(sessionId: string, frameId: string, number: number, type: MessageType): Promise<void> {
  const { skeleton } = await import('../../../shared/codecs/protobuf/skeleton.ts')
  forgetSwitch(frameId)
  const before = await spareFrames(sessionId)
  applyStep(updateFrame(sessionId, frameId, { text: skeleton(type) }))
  offerFramesBack(`Skeleton written into frame ${number}`, sessionId, before)
}

/** What can be done with a frame of a message besides editing it. */
export function frameItems({ sessionId, frame, index, count, onLoad, onRemove }: FrameInMessage): MenuContent {
  const { takesMessage, syntax } = encodingFacts[frame.encoding]
  const { message } = takesMessage && !frame.attachment ? optionsFor(frame.message) : {}
  // Without a type, Protobuf's text is no JSON.
  const hasLayout = !frame.attachment && syntax !== 'plain' && (!takesMessage || message !== undefined)
  const move = (distance: number) => () => applyStep(moveFrame(sessionId, frame.id, distance))
  const isFull = count >= maximumFrames
  return [
    { label: 'Move up', icon: IconArrowUp, disabled: index === 0, onSelect: move(-1) },
    { label: 'Move down', icon: IconArrowDown, disabled: index === count - 1, onSelect: move(1) },
    { label: 'Duplicate', icon: IconCopy, disabled: isFull, onSelect: () => copyFrame(sessionId, frame) },
    {
      label: 'Insert a frame above',
      icon: IconRowInsertTop,
      disabled: isFull,
      onSelect: () => insertFrameAbove(sessionId, frame, index),
    },
    { label: 'Load from file…', icon: IconFileUpload, onSelect: onLoad },
    'divider',
    message !== undefined && {
      label: 'Replace with a skeleton',
      icon: IconTemplate,
      onSelect: () => writeSkeleton(sessionId, frame.id, index + 1, message),
    },
    hasLayout && {
      label: 'Format',
      icon: IconBraces,
      ...formatKeys,
      onSelect: () => layOutFrame(sessionId, frame.id, 'format'),
    },
    hasLayout &&
      frame.encoding === 'json' && {
        label: 'Minify',
        icon: IconBraces,
        onSelect: () => layOutFrame(sessionId, frame.id, 'minify'),
      },
    'divider',
    { label: 'Remove', icon: IconX, danger: true, disabled: count === 1, onSelect: onRemove },
  ]
}
