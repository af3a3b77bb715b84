/** Parts of the window that can ask for the focus. */
export type FocusTarget =
  | 'endpoint'
  | 'request'
  | 'reply'
  | 'latency'
  | 'log'
  | 'log-filter'
  | 'events'
  | 'active-connection'
  | 'undo-removal'

type Listener = (target: FocusTarget) => void

const listeners = new Set<Listener>()

/** Asks for the focus to go to a part of the window, as soon as that part is there. */
export function askForFocus(target: FocusTarget): void {
  for (const listener of listeners) listener(target)
}

/** Listens to what `askForFocus` is asked; returns how to stop. */
export function onFocusRequest(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
