import { describe, expect, test } from 'vitest'
import { RecentRecords } from '../../../src/engine/transcript/recent-records.ts'
import { Recorder } from '../../../src/engine/transcript/recorder.ts'
import { bytes } from '../../support/bytes.ts'
import { logMessage } from '../../support/log-entries.ts'

/** A recorder, the numbers that its log was given, and the least number that the log takes. */
function recording() {
  const log = { next: 1, numbers: [] as number[] }
  const recorder = new Recorder({
    append: (_record, number) => log.numbers.push(number),
    nextNumber: () => log.next,
  })
  return { log, recorder }
}

const message = logMessage({})

describe('a recorder', () => {
  test('numbers what it is given, from one', () => {
    const { log, recorder } = recording()
    expect([recorder.append(message), recorder.append(message)]).toEqual([1, 2])
    expect(log.numbers).toEqual([1, 2])
  })

  test('goes on after the file, and forgets records whose numbers are taken there', () => {
    const { log, recorder } = recording()
    log.next = 100
    expect(recorder.append(message)).toBe(100)
    expect(recorder.find(100)).not.toBeNull()
    log.next = 5000
    expect(recorder.append(message)).toBe(5000)
    expect(recorder.find(100)).toBeNull()
  })

  test('gives a record its reserved number, unless the log has gone on past that', () => {
    const { log, recorder } = recording()
    const [first, second] = [recorder.reserve(), recorder.reserve()]
    expect(recorder.append(message)).toBe(3)
    expect(recorder.append(message, first)).toBe(1)
    log.next = 4
    expect(recorder.append(message, second)).toBe(4)
    expect(log.numbers).toEqual([3, 1, 4])
  })

  test('shows the newest by their numbers, until they are forgotten', () => {
    const { recorder } = recording()
    const frames = [Uint8Array.of(0, 0xab), new Uint8Array(0), bytes('a')]
    recorder.append(logMessage({ frames, envelope: 2, origin: 'behaviour' }))
    recorder.append(logMessage({ frames: [bytes('b')] }))
    expect(recorder.find(1)).toMatchObject({ id: 1, peer: '00ab', envelope: 2, frames, origin: 'behaviour' })
    expect(recorder.find(2)).toMatchObject({ id: 2, peer: null })
    expect(recorder.find(3)).toBeNull()
    recorder.forget()
    expect(recorder.find(2)).toBeNull()
  })
})

describe('the newest records', () => {
  const found = (recent: RecentRecords) => [1, 2, 3, 4, 5].filter((number) => recent.find(number) !== null)
  const sized = (size: number) => logMessage({ frames: [new Uint8Array(size)] })

  test('are bounded in their number', () => {
    const recent = new RecentRecords(3, 1000)
    for (const number of [1, 2, 3, 4, 5]) recent.add(sized(1), number)
    expect(found(recent)).toEqual([3, 4, 5])
    recent.clear()
    recent.add(sized(1), 5)
    expect(found(recent)).toEqual([5])
  })

  test('are bounded in their bytes, but the newest is always there', () => {
    const recent = new RecentRecords(10, 100)
    for (const [index, size] of [40, 40, 40].entries()) recent.add(sized(size), index + 1)
    expect(found(recent)).toEqual([2, 3])
    recent.add(sized(1000), 4)
    expect(found(recent)).toEqual([4])
    recent.add(sized(100), 5)
    expect(found(recent)).toEqual([5])
  })
})
