import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { EncodingId } from '../../../shared/codecs/codec.ts'

/** The views that the person chose, by connection and place of the frame. They hold until the window closes. */
const choices = createStore<Readonly<Record<string, EncodingId>>>()(() => ({}))

const keyOf = (connectionId: string, index: number): string => `${connectionId} ${index}`

export function useChosenView(connectionId: string, index: number): EncodingId | undefined {
  return useStore(choices, (all) => all[keyOf(connectionId, index)])
}

export function chooseView(connectionId: string, index: number, view: EncodingId): void {
  choices.setState({ [keyOf(connectionId, index)]: view })
}
