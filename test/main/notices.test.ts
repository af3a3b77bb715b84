import { describe, expect, test } from 'vitest'
import { Notices } from '../../src/main/notices.ts'
import type { Notice } from '../../src/shared/contract.ts'

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
})
