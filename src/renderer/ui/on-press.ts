import type { MouseEvent } from 'react'

interface PressHandlers {
  onMouseDown(event: MouseEvent): void
  onClick(event: MouseEvent): void
}

/**
 * What is done as soon as the main button is pressed. In a list that moves by itself, another row is often under the
 * pointer when the button is let go, and a browser then takes it for no click at all.
 */
export const onPress = (act: (pressed: EventTarget) => void): PressHandlers => ({
  onMouseDown: ({ button, target }) => {
    if (button === 0) act(target)
  },
  // Assistive technology clicks without pressing.
  onClick: ({ detail, target }) => {
    if (detail === 0) act(target)
  },
})
