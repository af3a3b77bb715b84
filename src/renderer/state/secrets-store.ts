import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { SecretState } from '../../shared/secrets.ts'
import { call } from '../api.ts'
import { report } from '../report.ts'

/** Which secrets the host can use. Null until it has been asked, or has told of a change: asking may ask the person. */
export const secretsStore = createStore<SecretState | null>()(() => null)

/** Which secrets the host can use; asks it, the first time. Null until it has answered. */
export function useSecrets(): SecretState | null {
  const state = useStore(secretsStore)
  useEffect(() => {
    if (secretsStore.getState() !== null) return
    call('secret.state').then((answer) => {
      // It may have told of a change meanwhile, which is newer.
      if (secretsStore.getState() === null) secretsStore.setState(answer, true)
    }, report)
  }, [])
  return state
}
