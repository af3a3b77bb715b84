import { join } from 'node:path'
import { app, type BrowserWindow, screen } from 'electron'
import { JsonFile } from '../engine/files/json-file.ts'
import { noPlace, placeWithin, type Rectangle, type WindowPlace, windowPlaceFormat } from '../shared/window-place.ts'

const saveAfterMs = 500

/** The file that keeps the window's place. Nothing is said of one that cannot be used: nothing is lost by it. */
const placeFile = () => new JsonFile(join(app.getPath('userData'), 'window.json'), windowPlaceFormat, noPlace)

export interface KeptPlace {
  /** Null for the usual size in the middle of the screen. */
  readonly bounds: Rectangle | null
  readonly maximized: boolean
  /** Keeps the place of this window from now on. `failed` is told of a file that cannot be written. */
  follow(window: BrowserWindow, failed: (thrown: unknown) => void): void
  /** Resolves when what was to be kept is written. */
  settled(): Promise<void>
}

/** Where the window was when the application ended last, as far as that place still exists. */
export async function keptPlace(): Promise<KeptPlace> {
  const file = placeFile()
  // Read while the application gets ready; before that there are no monitors to ask for.
  const [{ bounds, maximized }] = await Promise.all([file.read(() => undefined), app.whenReady()])
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
  return {
    bounds: bounds && placeWithin(bounds, areas),
    maximized,
    follow(window, failed) {
      let timer: NodeJS.Timeout | undefined
      const save = () => {
        clearTimeout(timer)
        const place: WindowPlace = { version: 1, bounds: window.getNormalBounds(), maximized: window.isMaximized() }
        if (file.isWritable) file.write(place).catch(failed)
      }
      const soon = () => {
        clearTimeout(timer)
        timer = setTimeout(save, saveAfterMs)
      }
      window.on('resize', soon)
      window.on('move', soon)
      window.on('close', save)
    },
    settled: () => file.settled(),
  }
}
