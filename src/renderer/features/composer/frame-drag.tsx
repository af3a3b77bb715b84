import { IconGripVertical } from '@tabler/icons-react'
import { type DragEvent, type HTMLAttributes, useState } from 'react'
import { moveFrameTo } from '../../state/frame-actions.ts'
import classes from './composer.module.css'

/** What is dragged, within a message. */
const draggedType = 'application/x-zmq-inspector-frame'

interface FrameHandleProps {
  readonly frameId: string
  /** Counted from 1. */
  readonly number: number
}

/** Moves a frame to another place by dragging. The menu of the frame does so by keys. */
export function FrameHandle({ frameId, number }: FrameHandleProps) {
  return (
    <span
      aria-hidden
      draggable
      title={`Drag frame ${number} to another place`}
      className={classes.handle}
      onDragStart={(event) => {
        event.dataTransfer.setData(draggedType, frameId)
        event.dataTransfer.effectAllowed = 'move'
        const frame = event.currentTarget.closest('[data-frame]')
        if (frame) event.dataTransfer.setDragImage(frame, 0, 0)
      }}
    >
      <IconGripVertical size={14} />
    </span>
  )
}

/**
 * What an element needs to take another frame in its place, counted from 0, or a file. A text editor would take a file as
 * text, so both are seen before it.
 */
export function useFrameDrop(
  sessionId: string,
  index: number,
  onFile: (file: File) => void,
): HTMLAttributes<HTMLDivElement> & { readonly 'data-drop'?: true } {
  const [isOver, setOver] = useState(false)
  const takes = ({ dataTransfer }: DragEvent) =>
    dataTransfer.types.includes(draggedType) || dataTransfer.types.includes('Files')
  return {
    ...(isOver ? { 'data-drop': true } : {}),
    onDragOverCapture: (event) => {
      if (!takes(event)) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: ({ currentTarget, relatedTarget }) => {
      if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false)
    },
    onDropCapture: (event) => {
      setOver(false)
      if (!takes(event)) return
      event.preventDefault()
      event.stopPropagation()
      const dragged = event.dataTransfer.getData(draggedType)
      const file = event.dataTransfer.files[0]
      if (dragged !== '') moveFrameTo(sessionId, dragged, index)
      else if (file) onFile(file)
    },
  }
}
