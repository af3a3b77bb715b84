import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MenuContent, type MenuEntry, shownEntries } from '../../src/renderer/ui/menu-entries.ts'

const action = (label: string): MenuEntry => ({ label, onSelect: () => undefined })
const group = (name: string): MenuEntry => ({ group: name })

const names = (content: MenuContent): string[] =>
  shownEntries(content).map((entry) =>
    entry === 'divider' ? '-' : 'group' in entry ? `[${entry.group}]` : entry.label,
  )

test('what is left out leaves neither an empty group nor a divider', () => {
  const open = action('Open')
  expect(names([null, 'divider', open, 'divider', false, 'divider', group('Copy as'), null])).toEqual(['Open'])
  expect(
    names([group('Frames'), group('Copy as'), open, 'divider', group('Columns'), 'divider', action('Close')]),
  ).toEqual(['[Copy as]', 'Open', '-', 'Close'])
  expect(names([group('Nothing'), 'divider', null])).toEqual([])
})

const entry = fc.oneof(
  fc.constantFrom(null, false as const, 'divider' as const),
  fc.string().map(action),
  fc.string().map(group),
)

test('every action stays, in its order, and dividers and groups stand before actions', () => {
  fc.assert(
    fc.property(fc.array(entry), (content) => {
      const shown = shownEntries(content)
      const isAction = (each: (typeof content)[number] | undefined) =>
        typeof each === 'object' && each !== null && 'label' in each
      expect(shown.filter(isAction)).toEqual(content.filter(isAction))
      for (const [index, each] of shown.entries()) {
        if (isAction(each)) continue
        const next = shown[index + 1]
        expect(next).toBeDefined()
        if (each === 'divider') {
          expect(index).toBeGreaterThan(0)
          expect(isAction(shown[index - 1])).toBe(true)
          expect(next).not.toBe('divider')
        } else expect(isAction(next)).toBe(true)
      }
    }),
  )
})
