import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { EncodingId } from '../../../shared/codecs/codec.ts'

/** Structured encodings can be read as text or as a tree. */
export type Form = 'text' | 'tree'

interface Choice {
  readonly view?: EncodingId
  readonly form?: Form
}

/** What the person chose, by connection and place of the frame. It holds until the window closes. */
const choices = createStore<Readonly<Record<string, Choice>>>()(() => ({}))

const noChoice: Choice = {}

const keyOf = (connectionId: string, index: number): string => `${connectionId} ${index}`

export function useChoice(connectionId: string, index: number): Choice {
  return useStore(choices, (all) => all[keyOf(connectionId, index)] ?? noChoice)
}

export function choose(connectionId: string, index: number, choice: Choice): void {
  const key = keyOf(connectionId, index)
  choices.setState((all) => ({ [key]: { ...all[key], ...choice } }))
}
