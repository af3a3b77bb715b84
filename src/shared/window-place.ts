import { z } from './schema.ts'

const rectangleSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
})

/** Where the window was, in the system's device-independent pixels. */
export const windowPlaceSchema = z.object({
  version: z.literal(1),
  /** Not maximised; null before the first run. */
  bounds: rectangleSchema.nullable(),
  maximized: z.boolean(),
})

export type Rectangle = z.infer<typeof rectangleSchema>
export type WindowPlace = z.infer<typeof windowPlaceSchema>

export const noPlace: WindowPlace = { version: 1, bounds: null, maximized: false }

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
