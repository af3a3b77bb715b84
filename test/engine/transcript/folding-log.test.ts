import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { FoldingLog } from '../../../src/engine/transcript/folding-log.ts'
import { Recorder } from '../../../src/engine/transcript/recorder.ts'
import type { NewRecord } from '../../../src/shared/transcript/record.ts'

const start = 1_700_000_000_000

function folding() {
  vi.useFakeTimers({ now: start })
  onTestFinished(() => void vi.useRealTimers())
  const logged: NewRecord[] = []
  const log = new FoldingLog(new Recorder({ append: (entry) => logged.push(entry) }), Date.now)
  const entry = (detail: string, part: Partial<NewRecord> = {}): NewRecord => ({
    at: Date.now(),
    kind: 'event',
    direction: 'none',
    session: 'echo-server',
    name: 'tcp://127.0.0.1:1',
    frames: [],
    envelope: 0,
    exchange: null,
    origin: null,
    roundTripNs: null,
    event: 'accept:error',
    detail,
    ...part,
  })
  return { log, logged, entry, details: () => logged.map(({ detail }) => detail) }
}

describe('a log that folds', () => {
  test('sums up what follows the first events of a burst', () => {
    const { log, entry, details } = folding()
    for (let index = 0; index < 20; index += 1) log.append(entry('no'))
    for (let index = 0; index < 5000; index += 1) {
      log.append(entry('no'))
      if (index % 10 === 0) vi.advanceTimersByTime(1)
    }
    expect(details()).toHaveLength(20)
    vi.advanceTimersByTime(2000)
    expect(details().slice(20)).toEqual(['5,000 × in 500 ms: no'])
    log.append(entry('no'))
    expect(details()).toHaveLength(22)
  })

  test('says every ten seconds how a burst goes on', () => {
    const { log, entry, details } = folding()
    for (let index = 0; index < 25_000; index += 1) {
      log.append(entry('no'))
      vi.advanceTimersByTime(1)
    }
    log.close()
    const sums = details().filter((detail) => detail?.includes('×'))
    expect(sums).toHaveLength(3)
    const counted = sums.reduce((total, sum) => total + Number(/^([\d,]+) ×/.exec(sum ?? '')?.[1]?.replace(',', '')), 0)
    expect(counted + details().length - sums.length).toBe(25_000)
  })

  test('sums up a burst also when the clock is set back meanwhile', () => {
    const { log, entry, details } = folding()
    for (let index = 0; index < 100; index += 1) log.append(entry('no'))
    vi.setSystemTime(start - 3_600_000)
    vi.advanceTimersByTime(1000)
    expect(details().slice(20)).toEqual(['80 × in 0 ns: no'])
  })

  test('leaves messages, other events, and events that come slowly as they are', () => {
    const { log, logged, entry } = folding()
    for (let index = 0; index < 100; index += 1) {
      log.append(entry('', { kind: 'message', event: null, detail: null }))
      log.append(entry(`event ${index}`))
      log.append(entry('slow'))
      vi.advanceTimersByTime(150)
    }
    expect(logged).toHaveLength(300)
  })

  test('is bounded in what it watches', () => {
    const { log, logged, entry } = folding()
    for (let index = 0; index < 10_000; index += 1) log.append(entry(`event ${index}`))
    expect(logged).toHaveLength(10_000)
  })
})
