import { Modal } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'

export interface DialogFrameProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  /** The accessible name of the button that closes it. */
  readonly close: string
  readonly size?: 'md' | 'lg'
  readonly children: ReactNode
}

/** The frame of a dialog: it keeps the focus, and gives it back when it closes. */
export function DialogFrame({ opened, onClose, title, close, size = 'md', children }: DialogFrameProps) {
  // It notes where the focus was when it becomes open, so it begins closed.
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
