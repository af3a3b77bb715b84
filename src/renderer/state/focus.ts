/** Parts of the window that can be asked to take the focus. */
export type FocusTarget =
  | 'endpoint'
  | 'request'
  | 'last-frame'
  | 'named-frame'
  | 'faulty-frame'
  | 'reply'
  | 'latency'
  | 'log'
  | 'log-filter'
  | 'events'
  | 'active-connection'
  | 'undo-removal'

type Listener = (target: FocusTarget) => void

const listeners = new Set<Listener>()

/** Requests the focus for a part of the window, as soon as it exists. */
export function askForFocus(target: FocusTarget): void {
  for (const listener of listeners) listener(target)
}

/** The frame that takes the focus when `named-frame` is asked for. */
let namedFrame = ''

export const focusedFrame = (): string => namedFrame

/** Requests the focus for the text of a frame. */
export function focusFrame(frameId: string): void {
  namedFrame = frameId
  askForFocus('named-frame')
}

/** Subscribes to `askForFocus`. Returns the unsubscribe function. */
export function onFocusRequest(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
