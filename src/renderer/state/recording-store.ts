import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { reasonOf } from '../../shared/reason.ts'
import type { RecordedSocket } from '../../shared/recording/format.ts'
import type { OpenedRecording, RecordingProgress } from '../../shared/recording/opened.ts'
import { call } from '../api.ts'
import { closeViewed } from './log-store.ts'

/** The recording that is open, read-only, next to the log. */
interface Recording {
  readonly opened: OpenedRecording | null
  /** Grows with each that is opened: one file may be opened twice. */
  readonly opening: number
  /** Whether it is shown in place of the messages. */
  readonly isShown: boolean
  /** How far the one has been read that is being opened; null while none is. */
  readonly progress: RecordingProgress | null
  /** Why none could be opened; null when it could. */
  readonly problem: string | null
}

const recordingStore = createStore<Recording>()(() => ({
  opened: null,
  opening: 0,
  isShown: false,
  progress: null,
  problem: null,
}))

export function useRecording<Part>(select: (recording: Recording) => Part): Part {
  return useStore(recordingStore, select)
}

/** What commands of the log read now: only one of the two is on the screen. */
export const shownTranscript = (): 'recording' | undefined =>
  recordingStore.getState().isShown ? 'recording' : undefined

/** Which opening of a recording is shown; null while the log is. */
export function openTranscript(): number | null {
  const { isShown, opening } = recordingStore.getState()
  return isShown ? opening : null
}

/** A socket of the recording that is open. */
export const recordedSocket = (session: string): RecordedSocket | undefined =>
  recordingStore.getState().opened?.sockets.find((socket) => socket.session === session)

/** Shows the recording that is open in place of the messages, or the messages again. */
export function showRecording(isShown: boolean): void {
  const state = recordingStore.getState()
  if (state.isShown === isShown || (isShown && !state.opened)) return
  // What was open was of the other.
  closeViewed()
  recordingStore.setState({ isShown })
}

const progressEveryMs = 200

/** Lets the person choose a recording, reads it, and shows it. */
export async function openRecording(): Promise<void> {
  if (recordingStore.getState().progress) return
  recordingStore.setState({ problem: null })
  const ask = async () => {
    const progress = await call('recording.progress')
    if (timer !== undefined) recordingStore.setState({ progress })
  }
  let timer: ReturnType<typeof setInterval> | undefined = setInterval(() => void ask(), progressEveryMs)
  try {
    const opened = await call('recording.open')
    if (!opened) return
    closeViewed()
    recordingStore.setState(({ opening }) => ({ opened, opening: opening + 1, isShown: true }))
  } catch (thrown) {
    recordingStore.setState({ problem: reasonOf(thrown) })
  } finally {
    clearInterval(timer)
    timer = undefined
    recordingStore.setState({ progress: null })
  }
}

export const cancelRecording = (): Promise<void> => call('recording.cancel')

export const dismissRecordingProblem = (): void => recordingStore.setState({ problem: null })

/** Closes the recording; its file stays as it is. */
export async function closeRecording(): Promise<void> {
  showRecording(false)
  recordingStore.setState({ opened: null })
  await call('recording.close')
}
