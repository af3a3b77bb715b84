import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeWithin } from '../../src/shared/window-place.ts'

const main = { x: 0, y: 0, width: 1920, height: 1040 }
const second = { x: 1920, y: 0, width: 1280, height: 720 }

describe('where the window can be', () => {
  test.each([
    [
      'where it was',
      { x: 100, y: 100, width: 1280, height: 860 },
      [main],
      { x: 100, y: 100, width: 1280, height: 860 },
    ],
    [
      'on the second monitor',
      { x: 2000, y: 10, width: 900, height: 600 },
      [main, second],
      { x: 2000, y: 10, width: 900, height: 600 },
    ],
    ['no longer there', { x: 2000, y: 10, width: 900, height: 600 }, [main], null],
    ['above all monitors', { x: 100, y: -500, width: 900, height: 600 }, [main], null],
    ['just out of reach at the edge', { x: 1850, y: 10, width: 900, height: 600 }, [main], null],
    ['larger than its monitor by now', { x: 0, y: 0, width: 3840, height: 2000 }, [main], { ...main }],
    ['without a monitor', { x: 0, y: 0, width: 900, height: 600 }, [], null],
  ])('%s', (_what, bounds, areas, expected) => {
    expect(placeWithin(bounds, areas)).toEqual(expected)
  })

  test('it can always be grabbed', () => {
    const coordinate = fc.integer({ min: -5000, max: 5000 })
    const size = fc.integer({ min: 800, max: 5000 })
    fc.assert(
      fc.property(coordinate, coordinate, size, size, (x, y, width, height) => {
        const place = placeWithin({ x, y, width, height }, [main, second])
        if (!place) return
        const inSight = [main, second].some(
          (area) => place.x < area.x + area.width - 100 && place.x + place.width > area.x + 100 && place.y >= area.y,
        )
        expect(inSight).toBe(true)
      }),
    )
  })
})
