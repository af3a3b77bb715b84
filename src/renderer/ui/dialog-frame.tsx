import { Modal } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'

export interface DialogFrameProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  /** Accessible name of the close button. */
  readonly close: string
  readonly size?: 'md' | 'lg' | 'xl'
  readonly children: ReactNode
}

/** A dialog's frame: traps the focus, and restores it on closing. */
export function DialogFrame({ opened, onClose, title, close, size = 'md', children }: DialogFrameProps) {
  // The dialog saves the focus when it becomes open, so it must start closed.
  const [shown, setShown] = useState(false)
  useEffect(() => setShown(opened), [opened])
  return (
    <Modal
      opened={shown}
      onClose={onClose}
      title={title}
      size={size}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': close }}
    >
      {children}
    </Modal>
  )
}
