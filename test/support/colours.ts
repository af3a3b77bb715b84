import { readFileSync } from 'node:fs'

const sheet = readFileSync('src/renderer/colours.css', 'utf8')

export type Colours = ReadonlyMap<string, readonly [light: string, dark: string]>

/** The custom properties of the rule with this selector; a value without themes applies to both. */
export function coloursOf(selector: string): Colours {
  const start = sheet.indexOf(`${selector} {`)
  if (start < 0) throw new Error(`no rule for ${selector}`)
  const body = sheet.slice(start, sheet.indexOf('}', start))
  const found = new Map<string, readonly [string, string]>()
  for (const [, name = '', value = ''] of body.matchAll(/(--[\w-]+):\s*([^;]+);/g)) {
    const pair = /^light-dark\((#\w{6}), (#\w{6})\)$/.exec(value)
    if (pair) found.set(name, [pair[1] ?? '', pair[2] ?? ''])
    else if (/^#\w{6}$/.test(value)) found.set(name, [value, value])
  }
  return found
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The WCAG 2 contrast of two colours: 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

/** The colour of a custom property in a theme: 0 is light, 1 is dark. */
export const pick = (colours: Colours, name: string, theme: 0 | 1): string => {
  const pair = colours.get(name)
  if (!pair) throw new Error(`${name} has no colour`)
  return pair[theme]
}
