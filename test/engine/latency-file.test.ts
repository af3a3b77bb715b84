import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { writeLatencies } from '../../src/engine/latency-file.ts'
import { LatencyRecorder } from '../../src/shared/latency/recorder.ts'

const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'inspector-')), 'export')
const at = Date.UTC(2024, 1, 29, 12, 34, 56, 789) + 0.6

describe('the export of the latencies', () => {
  test('has one line per exchange', async () => {
    const path = newPath()
    const latency = new LatencyRecorder()
    latency.record(at, 123_456, true)
    latency.recordTimeout(at + 1000, false)
    latency.record(at + 2000, 7.4, false)
    await writeLatencies(path, latency)
    expect(readFileSync(path, 'utf8')).toBe(
      [
        'sent_at,round_trip_ns,outcome,first_exchange',
        '2024-02-29T12:34:56.789Z,123456,reply,true',
        '2024-02-29T12:34:57.789Z,,timeout,false',
        '2024-02-29T12:34:58.789Z,7,reply,false',
        '',
      ].join('\n'),
    )
  })

  test('has only its header when there are none', async () => {
    const path = newPath()
    await writeLatencies(path, new LatencyRecorder())
    expect(readFileSync(path, 'utf8')).toBe('sent_at,round_trip_ns,outcome,first_exchange\n')
  })
})
