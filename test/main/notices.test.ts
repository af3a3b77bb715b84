import { describe, expect, test } from 'vitest'
import { Notices } from '../../src/main/notices.ts'
import type { Notice } from '../../src/shared/contract/index.ts'

function createNotices() {
  const announced: Notice[] = []
  return { notices: new Notices((notice) => announced.push(notice)), announced }
}

describe('notices', () => {
  test('stay in order until dismissed', () => {
    const { notices, announced } = createNotices()
    notices.add('warning', 'first', 'a')
    notices.add('error', 'second', 'b')
    const first = { id: 1, level: 'warning', title: 'first', text: 'a' }
    const second = { id: 2, level: 'error', title: 'second', text: 'b' }
    expect(notices.all).toEqual([first, second])
    expect(announced).toEqual([first, second])
    notices.dismiss(1)
    expect(notices.all).toEqual([second])
    notices.dismiss(1)
    expect(notices.all).toEqual([second])
  })

  test('about the same problem appear once until dismissed', () => {
    const { notices, announced } = createNotices()
    notices.add('error', 'title', 'text')
    notices.add('error', 'title', 'text')
    notices.add('error', 'title', 'another text')
    expect(announced.map(({ id }) => id)).toEqual([1, 2])
    notices.dismiss(1)
    notices.add('error', 'title', 'text')
    expect(notices.all.map(({ id }) => id)).toEqual([2, 3])
  })

  test('take the place of an earlier one, unless it was dismissed', () => {
    const { notices, announced } = createNotices()
    const id = notices.replace(null, { level: 'error', title: 'not saved', text: 'a' })
    notices.add('warning', 'other', 'b')
    expect(notices.replace(id, { level: 'solved', title: 'saved again', text: 'a' })).toBe(id)
    expect(notices.all.map(({ id: each, title }) => [each, title])).toEqual([
      [id, 'saved again'],
      [2, 'other'],
    ])
    expect(announced.at(-1)).toEqual({ id, level: 'solved', title: 'saved again', text: 'a' })
    notices.dismiss(id)
    expect(notices.replace(id, { level: 'error', title: 'not saved', text: 'c' })).toBe(3)
    expect(notices.all.map(({ title }) => title)).toEqual(['other', 'not saved'])
  })

  test('take the place of an earlier one that is no longer true, even with words that are there already', () => {
    const { notices } = createNotices()
    const solved = { level: 'solved', title: 'saved again', text: 'a' } as const
    for (const text of ['b', 'c']) {
      const id = notices.replace(null, { level: 'error', title: 'not saved', text })
      notices.replace(id, solved)
    }
    expect(notices.all.map(({ title }) => title)).toEqual(['saved again', 'saved again'])
  })
})
