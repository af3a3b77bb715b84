import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** The selectors of a style sheet, those inside of conditions too. */
function selectorsOf(sheet: string): string[] {
  const bare = sheet.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/@keyframes[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '')
  const heads = [...bare.matchAll(/([^{};]+)\{/g)].map(([, head = '']) => head.trim())
  return heads
    .filter((head) => !head.startsWith('@'))
    .flatMap((head) => head.split(/,(?![^(]*\))/).map((each) => each.trim()))
}

const modules = readdirSync('src/renderer', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.module.css'))
  .map((path) => `src/renderer/${path}`)

test('every rule of a part of the window has a class, so that it applies to no other part', () => {
  expect(modules.length).toBeGreaterThan(50)
  const leaking = modules.flatMap((path) =>
    selectorsOf(readFileSync(path, 'utf8'))
      .filter((selector) => !/[.&]/.test(selector))
      .map((selector) => `${path}: ${selector}`),
  )
  expect(leaking).toEqual([])
})
