import { createStore } from 'zustand/vanilla'

/** Grows whenever the person asks to find something in the reply. */
const asked = createStore<{ readonly times: number }>()(() => ({ times: 0 }))

export const askToFind = (): void => asked.setState(({ times }) => ({ times: times + 1 }))

/** Calls `find` from now on whenever it is asked for; returns how to stop. */
export const onFind = (find: () => void): (() => void) => asked.subscribe(find)
