import { join } from 'node:path'
import { app, type BrowserWindow, screen } from 'electron'
import { JsonFile, type UnusableFile } from '../engine/files/json-file.ts'
import { KeptDocument } from '../engine/files/kept-document.ts'
import { noPlace, placeWithin, type Rectangle, type WindowPlace, windowPlaceFormat } from '../shared/window-place.ts'

const saveAfterMs = 500

/** The file that keeps the window's place. */
const placeFile = () => new JsonFile(join(app.getPath('userData'), 'window.json'), windowPlaceFormat, noPlace)

export interface KeptPlace {
  /** Null for the usual size in the middle of the screen. */
  readonly bounds: Rectangle | null
  readonly maximized: boolean
  /** A file that has to stay as it is, so that no place is kept. Nothing is said of one that was set aside. */
  readonly unusable: UnusableFile | null
  /** Keeps the place of this window from now on. `failed` is told why it cannot be written. */
  follow(window: BrowserWindow, failed: (reason: string) => void): void
  /** Resolves when what was to be kept is written. */
  settled(): Promise<void>
}

/** Where the window was when the application ended last, as far as that place still exists. */
export async function keptPlace(): Promise<KeptPlace> {
  const file = placeFile()
  // Read while the application gets ready; before that there are no monitors to ask for.
  let unusable: UnusableFile | null = null
  const read = file.read((found) => {
    if (found.setAside === null) unusable = found
  })
  const [found] = await Promise.all([read, app.whenReady()])
  const { bounds, maximized } = found
  let settled = (): Promise<void> => Promise.resolve()
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
  return {
    bounds: bounds && placeWithin(bounds, areas),
    maximized,
    unusable,
    follow(window, failed) {
      let timer: NodeJS.Timeout | undefined
      const document = new KeptDocument(file, found, {
        unsaved: (reason) => reason !== null && failed(reason),
        disturbed: () => undefined,
      })
      settled = () => document.close()
      const save = () => {
        clearTimeout(timer)
        const place: WindowPlace = { version: 1, bounds: window.getNormalBounds(), maximized: window.isMaximized() }
        if (document.isWritable) void document.save(place)
      }
      const soon = () => {
        clearTimeout(timer)
        timer = setTimeout(save, saveAfterMs)
      }
      window.on('resize', soon)
      window.on('move', soon)
      window.on('close', save)
    },
    settled: () => settled(),
  }
}
