import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { type DialogName, openDialog, useDialog } from '../state/dialogs.ts'

interface DialogProps {
  readonly name: DialogName
  readonly title: string
  /** The accessible name of the button that closes it. */
  readonly close: string
  readonly size?: 'md' | 'lg'
  readonly children: ReactNode
}

/** A dialog that a command opens: it keeps the focus, and gives it back when it closes. */
export function Dialog({ name, title, close, size = 'md', children }: DialogProps) {
  const open = useDialog(name)
  return (
    <Modal
      opened={open}
      onClose={() => openDialog(null)}
      title={title}
      size={size}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': close }}
    >
      {children}
    </Modal>
  )
}
