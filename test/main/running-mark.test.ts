import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RunningMark } from '../../src/main/running-mark.ts'
import { describeUncleanEnd } from '../../src/main/unclean-end.ts'

const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'inspector-')), 'running.json')

const begin = (path: string): Promise<RunningMark> =>
  RunningMark.begin(path, (thrown) => {
    throw thrown
  })

describe('the mark of a running application', () => {
  test('is gone after an end of its own', async () => {
    const path = newPath()
    const first = await begin(path)
    expect(first.before).toBeNull()
    await first.during('an export', async () => undefined)
    await first.remove()
    expect(existsSync(path)).toBe(false)
    expect((await begin(path)).before).toBeNull()
  })

  test('tells the next one what was under way', async () => {
    const path = newPath()
    const first = await begin(path)
    first.note('lab', 'a run')
    first.note('other', 'something else')
    first.note('other', null)
    await first.during('an export to here', async () => {
      await expect.poll(() => readFileSync(path, 'utf8')).toContain('an export to here')
      const doing = ['a run', 'an export to here']
      expect((await begin(path)).before).toEqual({ startedAt: expect.any(Number), doing })
    })
  })

  test.each(['', '{"startedAt":', '{}', 'null'])('that reads %j tells no more than that', async (text) => {
    const path = newPath()
    writeFileSync(path, text)
    expect((await begin(path)).before).toEqual({ startedAt: null, doing: [] })
  })

  test('is not written after it was removed', async () => {
    const path = newPath()
    const mark = await begin(path)
    const removed = mark.remove()
    mark.note('lab', 'a run')
    await removed
    expect(existsSync(path)).toBe(false)
  })
})

test('an unclean end is told in sentences', () => {
  expect(describeUncleanEnd({ startedAt: null, doing: [] }, null)).toBe('The log has no entry of that time.')
  expect(describeUncleanEnd({ startedAt: 0, doing: ['a run', 'an export to /a/b'] }, 1)).toMatch(
    /^It had been started at \d{4}-.*\. Under way, and not finished: a run; an export to \/a\/b\. The newest entry in the log is of \d{4}-.*\.$/,
  )
})
