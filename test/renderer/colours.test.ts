import { describe, expect, test } from 'vitest'
import { coloursOf, contrast, pick } from '../support/colours.ts'

test('the contrast measure', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

const normal = coloursOf(':root')
const lightText = coloursOf(':root[data-mantine-color-scheme="light"]')
const darkText = coloursOf(':root[data-mantine-color-scheme="dark"]')
const high = coloursOf(':root[data-contrast="high"]')
const highText = coloursOf(':root[data-contrast="high"][data-mantine-color-scheme]')

const inks = ['--good', '--busy', '--bad', '--syntax-key', '--syntax-string', '--syntax-number', '--syntax-atom']
const texts = ['--mantine-color-text', '--mantine-color-dimmed']
const surfaces = ['--surface', '--surface-side', '--surface-raised', '--hover', '--selected']

test('links of the dark theme, on its surfaces and on buttons that are pressed', () => {
  const accent = coloursOf(':root:root[data-mantine-color-scheme="dark"]')
  const ink = pick(accent, '--mantine-color-accent-light-color', 1)
  const grounds = surfaces.map((surface) => pick(normal, surface, 1))
  for (const ground of [...grounds, pick(accent, '--mantine-color-accent-light', 1)]) {
    expect(contrast(ink, ground), ground).toBeGreaterThanOrEqual(4.5)
  }
})

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('theme %s', (theme, index) => {
  const text = (name: string) => pick(theme === 'light' ? lightText : darkText, name, index)

  test.each(texts.flatMap((ink) => surfaces.map((surface) => [ink, surface])))('%s on %s', (ink, surface) => {
    expect(contrast(text(ink), pick(normal, surface, index))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(inks.flatMap((ink) => ['--surface', '--surface-side'].map((surface) => [ink, surface])))(
    '%s on %s',
    (ink, surface) => {
      expect(contrast(pick(normal, ink, index), pick(normal, surface, index))).toBeGreaterThanOrEqual(4.5)
    },
  )

  test('what tooltips say', () => {
    expect(contrast(pick(normal, '--tooltip-ink', index), pick(normal, '--tooltip', index))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(pick(high, '--tooltip-ink', index), pick(high, '--tooltip', index))).toBeGreaterThanOrEqual(7)
  })

  test('text on the surfaces of warnings and of what is marked', () => {
    for (const surface of ['--warning-surface', '--bad-surface', '--marked', '--marked-faint', '--quiet-surface']) {
      expect(contrast(text('--mantine-color-text'), pick(normal, surface, index)), surface).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('meaningful lines', () => {
    for (const line of ['--accent-ink', '--line']) {
      expect(contrast(pick(normal, line, index), pick(normal, '--surface', index)), line).toBeGreaterThanOrEqual(3)
    }
  })

  test('high contrast: text and symbols 7, lines 4.5', () => {
    for (const ink of texts) {
      for (const surface of surfaces) {
        expect(
          contrast(pick(highText, ink, index), pick(high, surface, index)),
          `${ink} on ${surface}`,
        ).toBeGreaterThanOrEqual(7)
      }
    }
    for (const ink of [...inks, '--accent-ink', '--line']) {
      expect(contrast(pick(high, ink, index), pick(high, '--surface', index)), ink).toBeGreaterThanOrEqual(7)
    }
    const border = pick(highText, '--mantine-color-default-border', index)
    expect(contrast(border, pick(high, '--surface', index))).toBeGreaterThanOrEqual(4.5)
  })
})
