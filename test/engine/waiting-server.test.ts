import { expect, onTestFinished, test } from 'vitest'
import { Request } from 'zeromq'
import { createEngine } from '../../src/engine/engine.ts'
import { echoServerId } from '../../src/shared/session/spec.ts'
import type { NewRecord } from '../../src/shared/transcript/record.ts'
import { deferred } from '../support/deferred.ts'
import { serve, served } from '../support/sessions.ts'

test('the server receives nothing while its log cannot take more, and stops all the same', async () => {
  let room = deferred<void>()
  const entries: NewRecord[] = []
  const log = {
    append: (entry: NewRecord) => {
      if (entry.kind !== 'message') return
      entries.push(entry)
      if (entry.direction === 'sent') room = deferred()
    },
    ready: () => room.promise,
  }
  const engine = createEngine({ emit: () => undefined, log })
  onTestFinished(() => engine.dispose())
  const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
  const request = new Request({ linger: 0, receiveTimeout: 300 })
  onTestFinished(() => request.close())
  request.connect(endpoint)
  await request.send('one')
  await expect(request.receive()).rejects.toThrow()
  expect(entries).toEqual([])
  room.resolve()
  request.receiveTimeout = 5000
  expect(String(await request.receive())).toBe('one')
  expect(entries).toHaveLength(2)
  // It waits again, now for ever.
  await engine.close(echoServerId)
  expect(served(engine).phase).toBe('closed')
})
