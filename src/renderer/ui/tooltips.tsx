import { Tooltip } from '@mantine/core'
import { useEffect, useState } from 'react'
import classes from './tooltips.module.css'

interface Shown {
  readonly element: HTMLElement
  readonly words: string
}

/** How long the pointer or the focus rests on an element before it is explained. */
const restMs = 500

/** The explained element that an event is about. */
function explainedAt(target: EventTarget | null): Shown | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-explained]') : null
  const words = element?.dataset.explained
  return element && words ? { element, words } : null
}

/** The tooltips of all elements that are explained: one at a time. */
export function Tooltips() {
  const [shown, setShown] = useState<Shown | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const hide = () => {
      clearTimeout(timer)
      setShown(null)
    }
    const offer = (found: Shown | null) => {
      hide()
      if (found) timer = setTimeout(() => setShown(found), restMs)
    }
    const hover = ({ target }: Event) => offer(explainedAt(target))
    // Who clicks a field wants to type; who comes with the keyboard wants to know what it is.
    const focus = ({ target }: Event) =>
      offer(target instanceof Element && target.matches(':focus-visible') ? explainedAt(target) : null)
    const key = ({ key }: KeyboardEvent) => {
      if (key !== 'Tab' && key !== 'Shift') hide()
    }
    const leaving = ['pointerdown', 'focusout', 'wheel', 'contextmenu'] as const
    document.addEventListener('pointerover', hover)
    document.addEventListener('focusin', focus)
    document.addEventListener('keydown', key, true)
    for (const event of leaving) document.addEventListener(event, hide, { passive: true })
    return () => {
      hide()
      document.removeEventListener('pointerover', hover)
      document.removeEventListener('focusin', focus)
      document.removeEventListener('keydown', key, true)
      for (const event of leaving) document.removeEventListener(event, hide)
    }
  }, [])
  if (!shown) return null
  return (
    <Tooltip
      opened
      multiline
      target={shown.element}
      label={shown.words}
      position="bottom-start"
      withinPortal
      transitionProps={{ duration: 0 }}
      classNames={{ tooltip: classes.tooltip ?? '' }}
    />
  )
}
