import { describe, expect, test } from 'vitest'
import type { LabSettings } from '../../../src/shared/lab/plan.ts'
import { aspectsOf, namesByDifference } from '../../../src/shared/lab/run-names.ts'
import { distinctNames, whenMade } from '../../../src/shared/lab/run-order.ts'
import { runName } from '../../../src/shared/lab/words.ts'
import { defaultSocketOptions } from '../../../src/shared/zmq/options.ts'
import { labSettings, runOf } from '../../support/lab.ts'

/** A run with the name that it gets by itself. */
function made(part: Partial<LabSettings>, bytes = 12, startedAt = 0) {
  const settings = { ...labSettings, ...part }
  return runOf([], {
    settings,
    name: runName(settings, bytes),
    message: { frames: [bytes], encodeNs: null },
    startedAt,
  })
}

const names = (...runs: readonly ReturnType<typeof made>[]) =>
  namesByDifference(runs.map((run) => ({ name: run.name, aspects: aspectsOf(run) })))

describe('a run is called by what differs', () => {
  const one = made({})

  test.each<readonly [string, ReturnType<typeof made>, string, string]>([
    ['the sockets', made({ load: { model: 'closed', concurrency: 4 } }), '1 socket', '4 sockets'],
    ['the size', made({}, 2048), '12 B', '2.00 KiB'],
    ['the endpoint', made({ endpoint: 'tcp://other:1' }), 'Tcp://127.0.0.1:25933', 'Tcp://other:1'],
    ['the timeout', made({ timeoutMs: 1000 }), 'Timeout 2.00 s', 'Timeout 1.00 s'],
    ['the warm-up', made({ warmUpMs: 500 }), '0 ns of warm-up', '500 ms of warm-up'],
    ['the length', made({ length: { by: 'duration', milliseconds: 1500 } }), '100 requests', '1.50 s'],
    [
      'an option',
      made({ options: { ...defaultSocketOptions, immediate: true, sendHighWaterMark: 5 } }),
      'Usual options',
      'Send high-water mark 5, Immediate on',
    ],
  ])('%s', (_what, other, first, second) => expect(names(one, other)).toEqual([first, second]))

  test('the load model', () => {
    expect(names(one, made({ load: { model: 'open', ratePerSecond: 50 } }))).toEqual([
      'Closed loop, 1 socket',
      'Open loop, 50.0 /s',
    ])
  })

  test('a sweep by what it goes over', () => {
    expect(names(one, made({ sweep: { over: 'size', sizes: [16, 1024] } }))).toEqual(['12 B', '16 B to 1.00 KiB'])
  })

  test('but by its name where a person gave it one, or where nothing differs', () => {
    expect(names(one, { ...made({}, 99), name: 'mine' })).toEqual([one.name, 'mine'])
    expect(names(one, one)).toEqual([one.name, one.name])
    expect(names()).toEqual([])
  })

  test('and by its time where the others are the same', () => {
    const at = (hour: number, bytes: number) => made({}, bytes, new Date(2024, 1, 1, hour, 5, 3).getTime())
    expect(distinctNames([at(9, 12), at(10, 12), at(11, 13)], whenMade)).toEqual([
      '09:05:03 12 B',
      '10:05:03 12 B',
      '13 B',
    ])
  })
})
