/**
 * Gives the focus to what folds a group again, after the control in it that was pressed has gone: a group is drawn anew
 * under its name.
 */
export function keepFocusIn(pressed: HTMLElement): void {
  const name = pressed.closest('[role="group"]')?.getAttribute('aria-label')
  if (name === undefined || name === null) return
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[role="group"][aria-label="${CSS.escape(name)}"] [aria-expanded]`)?.focus()
  })
}
