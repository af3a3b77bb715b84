import type { DocumentFormat, DocumentSchema } from './kept/document-format.ts'

/** In the system's device-independent pixels. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where the window was. */
export interface WindowPlace {
  readonly version: 1
  /** Not maximised; null before the first run. */
  readonly bounds: Rectangle | null
  readonly maximized: boolean
}

export const noPlace: WindowPlace = { version: 1, bounds: null, maximized: false }

const isRectangle = (value: unknown): value is Rectangle => {
  if (typeof value !== 'object' || value === null) return false
  const isWhole = (name: string) => Number.isInteger(Reflect.get(value, name))
  const isLength = (name: string) => isWhole(name) && Reflect.get(value, name) >= 1
  return isWhole('x') && isWhole('y') && isLength('width') && isLength('height')
}

/**
 * Checked by hand: the file is read before the window is made, and the library that checks the other files takes longer
 * to load than the window.
 */
const windowPlaceSchema: DocumentSchema<WindowPlace> = {
  parse(value) {
    if (typeof value === 'object' && value !== null && 'bounds' in value && 'maximized' in value) {
      const { bounds, maximized } = value
      const isKnown = 'version' in value && value.version === 1
      if (isKnown && typeof maximized === 'boolean' && (bounds === null || isRectangle(bounds))) {
        return { version: 1, bounds, maximized }
      }
    }
    throw new TypeError('not the place of a window')
  },
}

/** The file that keeps the window's place. */
export const windowPlaceFormat: DocumentFormat<WindowPlace> = { migrations: [], schema: windowPlaceSchema }

/** So much of the window's top must be in sight that a person can take hold of it. */
const graspable = { width: 120, height: 40 }

const overlap = (from: number, length: number, otherFrom: number, otherLength: number): number =>
  Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom)

/**
 * Where the window can be now: where it was, no larger than the monitor it is on, or null when that monitor is gone.
 * `areas` are what the monitors have for windows.
 */
export function placeWithin(bounds: Rectangle, areas: readonly Rectangle[]): Rectangle | null {
  const area = areas.find(
    ({ x, y, width, height }) =>
      overlap(bounds.x, bounds.width, x, width) >= graspable.width &&
      overlap(bounds.y, graspable.height, y, height) >= graspable.height,
  )
  if (!area) return null
  // What is as large as the monitor begins where the monitor does.
  const across = bounds.width > area.width ? { x: area.x, width: area.width } : { x: bounds.x, width: bounds.width }
  const down = bounds.height > area.height ? { y: area.y, height: area.height } : { y: bounds.y, height: bounds.height }
  return { ...across, ...down }
}
