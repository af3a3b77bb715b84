import { expect, test } from 'vitest'
import { logNotices } from '../../src/main/log-notices.ts'
import { Notices } from '../../src/main/notices.ts'

test('a log that is tried again, and then works, is one notice', () => {
  const notices = new Notices(() => undefined)
  const tell = logNotices(notices, '/tmp/log.sqlite')
  const fail = () => tell({ type: 'log.failed', reason: 'the disk is full', isTriedAgain: true })
  const recover = (lost: number) => tell({ type: 'log.recovered', lost })
  fail()
  expect(notices.all).toMatchObject([{ level: 'error', text: expect.stringContaining('tried again every 10 s.') }])
  recover(0)
  expect(notices.all).toMatchObject([{ level: 'solved', text: 'Nothing was lost.' }])
  for (let time = 1; time <= 2; time += 1) {
    fail()
    recover(0)
  }
  expect(notices.all).toHaveLength(1)
  fail()
  recover(2)
  expect(notices.all).toMatchObject([{ level: 'warning', text: '2 entries were lost meanwhile.' }])
  fail()
  expect(notices.all.map(({ level }) => level)).toEqual(['warning', 'error'])
})

test('a log that cannot be used is not said to be tried again', () => {
  const notices = new Notices(() => undefined)
  const reason = 'a newer version of ZeroMQ Inspector wrote it'
  logNotices(notices, '/tmp/log.sqlite')({ type: 'log.failed', reason, isTriedAgain: false })
  expect(notices.all[0]?.text).toMatch(/it is not tried again before the next start\.$/)
})
