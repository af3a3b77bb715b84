import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Switched } from '../../shared/codecs/switch.ts'
import type { DraftFrame } from '../../shared/workspace.ts'

/** What changing a frame's encoding did, other than keep its bytes. */
export interface SwitchNote {
  /** The frame as it was, and as the change left it: the note is about nothing else. */
  readonly before: Pick<DraftFrame, 'encoding' | 'text'>
  readonly after: Pick<DraftFrame, 'encoding' | 'text' | 'message'>
  readonly switched: Exclude<Switched, { kept: 'bytes' }>
}

/** The latest notes by frame. */
const notes = createStore<Readonly<Record<string, SwitchNote>>>()(() => ({}))

export const noteSwitch = (frameId: string, note: SwitchNote): void => notes.setState({ [frameId]: note })

export function forgetSwitch(frameId: string): void {
  const { [frameId]: known, ...others } = notes.getState()
  if (known) notes.setState(others, true)
}

/** Forgets what changes of encoding did to these frames: they are sent as they are. */
export const forgetSwitches = (frames: readonly DraftFrame[]): void => {
  for (const { id } of frames) forgetSwitch(id)
}

/** What the latest change of encoding did to a frame, as long as the frame is as the change left it. */
export function useSwitchNote(frame: DraftFrame): SwitchNote | null {
  const note = useStore(notes, ({ [frame.id]: known }) => known)
  if (!note || frame.attachment) return null
  const { encoding, text, message } = note.after
  return frame.encoding === encoding && frame.message === message && frame.text === text ? note : null
}
