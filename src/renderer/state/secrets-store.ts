import { createStore } from 'zustand/vanilla'
import type { SecretState } from '../../shared/secrets.ts'

/** Which secrets the host can use. Null until it has been asked, or has told of a change: asking may ask the person. */
export const secretsStore = createStore<SecretState | null>()(() => null)
