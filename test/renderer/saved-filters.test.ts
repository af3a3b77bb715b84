import { beforeEach, expect, test } from 'vitest'
import { savedFilters } from '../../src/renderer/state/saved-filters.ts'
import { undoable, undoLast, withdrawUndo } from '../../src/renderer/state/undo.ts'
import { workspaceStore } from '../../src/renderer/state/workspace-store.ts'
import { defaultWorkspace, maximumSavedFilters } from '../../src/shared/workspace.ts'

const kept = () => (workspaceStore.getState().savedFilters ?? []).map(({ name, text }) => `${name}: ${text}`)

beforeEach(() => workspaceStore.setState(defaultWorkspace, true))

test('filters are kept in the order of their names, one under each', () => {
  savedFilters.save('two', 'b')
  savedFilters.save('  one ', 'a')
  savedFilters.save('two', 'c')
  savedFilters.save(' ', 'd')
  expect(kept()).toEqual(['one: a', 'two: c'])
})

test('a filter that gets the name of another takes its place', () => {
  savedFilters.save('one', 'a')
  savedFilters.save('two', 'b')
  savedFilters.rename('two', '')
  expect(kept()).toEqual(['one: a', 'two: b'])
  savedFilters.rename('two', 'one')
  expect(kept()).toEqual(['one: b'])
})

test('a filter that was deleted can be had back', async () => {
  withdrawUndo()
  savedFilters.save('one', 'a')
  savedFilters.remove('none')
  expect(undoable()).toBe(null)
  savedFilters.remove('one')
  expect(kept()).toEqual([])
  await undoLast()
  expect(kept()).toEqual(['one: a'])
})

test('when there are too many, none is lost', () => {
  for (let number = 0; number < maximumSavedFilters; number += 1) savedFilters.save(`filter ${number}`, 'x')
  expect(() => savedFilters.save('one more', 'x')).toThrow('Delete one first.')
  savedFilters.save('filter 0', 'y')
  expect(kept()).toHaveLength(maximumSavedFilters)
  expect(kept()[0]).toBe('filter 0: y')
})
