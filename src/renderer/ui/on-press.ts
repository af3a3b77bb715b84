import type { MouseEvent } from 'react'
import { isMac } from './platform.ts'

interface PressHandlers {
  onMouseDown(event: MouseEvent): void
  onClick(event: MouseEvent): void
}

/**
 * What is done as soon as the main button is pressed. In a list that moves by itself, another row is often under the
 * pointer when the button is let go, and a browser then takes it for no click at all.
 */
export const onPress = (act: (pressed: EventTarget) => void): PressHandlers => ({
  onMouseDown: ({ button, ctrlKey, target }) => {
    // With Control, it asks for the context menu there.
    if (button === 0 && !(isMac && ctrlKey)) act(target)
  },
  // Keys and scripts click without a press.
  onClick: ({ detail, target }) => {
    if (detail === 0) act(target)
  },
})
