type Listener = (open: boolean) => void

const listeners = new Set<Listener>()

/** Requests that all nodes of the trees that are shown are opened, or closed. */
export function askToExpand(open: boolean): void {
  for (const listener of listeners) listener(open)
}

/** Subscribes to `askToExpand`. Returns the unsubscribe function. */
export function onExpandRequest(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
