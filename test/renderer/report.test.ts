import { expect, test } from 'vitest'
import { onReport, type Report, report } from '../../src/renderer/report.ts'
import { InspectorError } from '../../src/shared/errors.ts'

test('a report says what failed and what helps, also of what failed before anybody listened', () => {
  report(new InspectorError('closed', 'The connection is not open.'))
  const told: Report[] = []
  onReport((each) => told.push(each))
  report(new TypeError('x is undefined'))
  expect(told).toEqual([
    { title: 'The connection is not open.', text: 'Press Send to reconnect.' },
    {
      title: 'ZeroMQ Inspector made a mistake',
      text: 'X is undefined. If it happens again, report it: Help → Report a problem.',
    },
  ])
})
