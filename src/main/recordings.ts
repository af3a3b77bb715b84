import { BrowserWindow, dialog } from 'electron'
import { LoadedRecording } from '../engine/recording/loaded-recording.ts'
import type { MessageLog } from '../engine/transcript/log.ts'
import type { ProtobufSchema } from '../shared/codecs/protobuf/schema.ts'
import { InspectorError } from '../shared/errors.ts'
import { recordingExtension } from '../shared/recording/format.ts'
import type { OpenedRecording, RecordingProgress } from '../shared/recording/opened.ts'
import { fileError } from './files.ts'

/** One that is being opened. `progress` is null while the person chooses. */
interface Loading {
  readonly abort: AbortController
  progress: RecordingProgress | null
  done: Promise<void>
}

/** The recording that is open, if any. */
export class Recordings {
  #opened: LoadedRecording | null = null
  #loading: Loading | null = null

  /** `worker` is the built log-worker module. */
  constructor(
    private readonly worker: URL,
    private readonly schema: () => ProtobufSchema,
  ) {}

  get progress(): RecordingProgress | null {
    return this.#loading?.progress ?? null
  }

  /** The records of the one that is open. Throws `InspectorError` (`wrong-state`) while there is none. */
  get log(): MessageLog {
    if (this.#opened) return this.#opened.log
    throw new InspectorError('wrong-state', 'No recording is open.')
  }

  /** Lets the person choose one and reads it; null when they cancel. Throws `InspectorError`. */
  async open(): Promise<OpenedRecording | null> {
    if (this.#loading) throw new InspectorError('wrong-state', 'A recording is being opened.')
    const loading: Loading = { abort: new AbortController(), progress: null, done: Promise.resolve() }
    const opening = this.#choose(loading)
    loading.done = opening.then(
      () => undefined,
      () => undefined,
    )
    return opening
  }

  /** Lets the person choose, and reads it. */
  async #choose(loading: Loading): Promise<OpenedRecording | null> {
    const { abort } = loading
    this.#loading = loading
    let path: string | null = null
    try {
      path = await choosePath()
      if (path === null) return null
      loading.progress = { done: 0, of: 0 }
      const loaded = await LoadedRecording.load(path, {
        worker: this.worker,
        schema: this.schema(),
        signal: abort.signal,
        onProgress: (progress) => {
          loading.progress = progress
        },
      })
      await this.#opened?.close()
      this.#opened = loaded
      return loaded.opened
    } catch (thrown) {
      if (abort.signal.aborted) return null
      throw thrown instanceof InspectorError ? thrown : fileError('read', path ?? '', thrown)
    } finally {
      this.#loading = null
    }
  }

  /** Ends the reading of the one that is being opened. */
  cancel(): void {
    this.#loading?.abort.abort()
  }

  /** Has the frames of what is open shown with other Protobuf types. */
  async schemaChanged(): Promise<void> {
    await this.#opened?.log.setViews(this.#opened.viewsIn(this.schema()))
  }

  /** Closes the one that is open; one that is being opened is no longer read. */
  async close(): Promise<void> {
    this.cancel()
    // A dialog that is still open must not be waited for.
    if (this.#loading?.progress) await this.#loading.done
    const opened = this.#opened
    this.#opened = null
    await opened?.close()
  }
}

async function choosePath(): Promise<string | null> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  if (!window) return null
  const choice = await dialog.showOpenDialog(window, {
    title: 'Open a recording',
    properties: ['openFile'],
    filters: [
      { name: 'Recordings', extensions: [recordingExtension] },
      { name: 'All files', extensions: ['*'] },
    ],
  })
  return choice.canceled ? null : (choice.filePaths[0] ?? null)
}
