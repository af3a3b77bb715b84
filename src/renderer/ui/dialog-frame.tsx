import { Modal } from '@mantine/core'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'

export interface DialogFrameProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  /** Accessible name of the close button. */
  readonly close: string
  readonly size?: 'md' | 'lg' | 'xl' | 'wide'
  readonly children: ReactNode
}

/** In pixels: a list beside a page of text. */
const wide = 880

const controls = 'input:enabled, select:enabled, textarea:enabled, button:enabled, [tabindex="0"]'

/** Has the dialog give the focus to the first control of its content, rather than to the button that closes it. */
function FirstFocus({ children }: { readonly children: ReactNode }) {
  const content = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = content.current
    if (!element || element.querySelector('[data-autofocus]')) return
    const first = element.querySelector(controls)
    // Of several radio buttons, the one that is chosen has the tab stop.
    const isRadio = first instanceof HTMLInputElement && first.type === 'radio'
    const chosen = isRadio ? element.querySelector('input[type="radio"]:checked') : first
    // The dialog looks for this a moment later.
    chosen?.setAttribute('data-autofocus', '')
  }, [])
  return <div ref={content}>{children}</div>
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
      size={size === 'wide' ? wide : size}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': close }}
    >
      <FirstFocus>{children}</FirstFocus>
    </Modal>
  )
}
