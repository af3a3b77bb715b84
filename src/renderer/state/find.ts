import { createStore } from 'zustand/vanilla'

/** Incremented whenever the person asks to find something in the reply. */
const asked = createStore<{ readonly times: number }>()(() => ({ times: 0 }))

export const askToFind = (): void => asked.setState(({ times }) => ({ times: times + 1 }))

/** Subscribes `find` to find requests. Returns the unsubscribe function. */
export const onFind = (find: () => void): (() => void) => asked.subscribe(find)
