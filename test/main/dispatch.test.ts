import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dispatch } from '../../src/main/dispatch.ts'
import { type CommandName, commands, type Handlers } from '../../src/shared/contract/index.ts'
import { InspectorError } from '../../src/shared/errors.ts'
import { examples } from '../support/commands.ts'
import { tries } from '../support/nightly.ts'

interface Call {
  readonly name: CommandName
  readonly input: unknown
}

/** Handlers that record every call and then call `end`, which does not return. */
function recordingHandlers(called: (call: Call) => void, end: () => never): Handlers {
  const handler = (name: CommandName) => async (input: unknown) => {
    called({ name, input })
    return end()
  }
  return {
    'app.snapshot': handler('app.snapshot'),
    'app.versions': handler('app.versions'),
    'asked.answered': handler('asked.answered'),
    'asked.ignoreAll': handler('asked.ignoreAll'),
    'notice.dismiss': handler('notice.dismiss'),
    'workspace.save': handler('workspace.save'),
    'workspace.saveChanges': handler('workspace.saveChanges'),
    'settings.save': handler('settings.save'),
    'settings.reveal': handler('settings.reveal'),
    'window.zoom': handler('window.zoom'),
    'window.toggleFullScreen': handler('window.toggleFullScreen'),
    'window.close': handler('window.close'),
    'session.open': handler('session.open'),
    'session.close': handler('session.close'),
    'session.remove': handler('session.remove'),
    'session.send': handler('session.send'),
    'message.encode': handler('message.encode'),
    'session.attach': handler('session.attach'),
    'session.detach': handler('session.detach'),
    'session.subscribe': handler('session.subscribe'),
    'session.time': handler('session.time'),
    'recording.open': handler('recording.open'),
    'recording.progress': handler('recording.progress'),
    'recording.cancel': handler('recording.cancel'),
    'recording.close': handler('recording.close'),
    'jupyter.open': handler('jupyter.open'),
    'jupyter.check': handler('jupyter.check'),
    'session.watch': handler('session.watch'),
    'session.cancel': handler('session.cancel'),
    'session.attempts': handler('session.attempts'),
    'session.lastExchange': handler('session.lastExchange'),
    'repeat.start': handler('repeat.start'),
    'repeat.stop': handler('repeat.stop'),
    'latency.read': handler('latency.read'),
    'latency.reset': handler('latency.reset'),
    'latency.restore': handler('latency.restore'),
    'latency.export': handler('latency.export'),
    'series.watch': handler('series.watch'),
    'series.page': handler('series.page'),
    'series.export': handler('series.export'),
    'series.suggest': handler('series.suggest'),
    'topics.watch': handler('topics.watch'),
    'topics.page': handler('topics.page'),
    'topics.expand': handler('topics.expand'),
    'topics.stop': handler('topics.stop'),
    'probe.run': handler('probe.run'),
    'probe.range': handler('probe.range'),
    'probe.cancel': handler('probe.cancel'),
    'lab.start': handler('lab.start'),
    'lab.cancel': handler('lab.cancel'),
    'lab.calibrate': handler('lab.calibrate'),
    'lab.list': handler('lab.list'),
    'lab.read': handler('lab.read'),
    'lab.rename': handler('lab.rename'),
    'lab.remove': handler('lab.remove'),
    'lab.import': handler('lab.import'),
    'lab.export': handler('lab.export'),
    'lab.showReport': handler('lab.showReport'),
    'lab.saveReport': handler('lab.saveReport'),
    'log.query': handler('log.query'),
    'log.count': handler('log.count'),
    'log.entry': handler('log.entry'),
    'log.partner': handler('log.partner'),
    'log.record': handler('log.record'),
    'log.clear': handler('log.clear'),
    'log.csv': handler('log.csv'),
    'log.export': handler('log.export'),
    'log.exportProgress': handler('log.exportProgress'),
    'log.cancelExport': handler('log.cancelExport'),
    'schema.read': handler('schema.read'),
    'schema.add': handler('schema.add'),
    'schema.remove': handler('schema.remove'),
    'schema.removeIncludeRoot': handler('schema.removeIncludeRoot'),
    'schema.reload': handler('schema.reload'),
    'schema.cancel': handler('schema.cancel'),
    'file.open': handler('file.open'),
    'file.save': handler('file.save'),
    'attachment.keep': handler('attachment.keep'),
    'attachment.copy': handler('attachment.copy'),
    'clipboard.write': handler('clipboard.write'),
    'session.secure': handler('session.secure'),
    'session.admit': handler('session.admit'),
    'secret.state': handler('secret.state'),
    'secret.keepPassword': handler('secret.keepPassword'),
    'secret.reveal': handler('secret.reveal'),
    'key.create': handler('key.create'),
    'key.import': handler('key.import'),
    'key.readCertificate': handler('key.readCertificate'),
    'key.writeCertificate': handler('key.writeCertificate'),
  }
}

const reached = (): never => {
  throw new InspectorError('wrong-state', 'the handler was reached')
}

/** Dispatches one call; returns the answer, the handler calls, and unexpected errors. */
async function answerTo(name: unknown, input: unknown, end: () => never = reached) {
  const calls: Call[] = []
  const unforeseen: unknown[] = []
  const handlers = recordingHandlers((call) => calls.push(call), end)
  const result = await dispatch(handlers, name, input, (thrown) => unforeseen.push(thrown))
  return { result, calls, unforeseen }
}

const exampleList = Object.entries(examples)

/** An example with some parts replaced, removed or added. */
function nearly(example: unknown): fc.Arbitrary<unknown> {
  if (typeof example !== 'object' || example === null) return fc.constant(example)
  const parts = fc.tuple(fc.dictionary(fc.string(), fc.anything()), fc.constantFrom(...Object.keys(example)))
  return fc.tuple(parts, fc.option(fc.anything(), { freq: 2 })).map(([[extra, key], replacement]) => ({
    ...example,
    ...extra,
    ...(replacement === null ? {} : { [key]: replacement }),
  }))
}

const anyCall = fc
  .constantFrom(...exampleList)
  .chain(([name, example]) => fc.tuple(fc.constant(name), fc.oneof(fc.anything(), nearly(example))))

describe('dispatch', () => {
  test.each(exampleList)('hands %s to its handler', async (name, input) => {
    const { result, calls, unforeseen } = await answerTo(name, input)
    expect(calls).toEqual([{ name, input }])
    expect(result).toMatchObject({ ok: false, error: { code: 'wrong-state' } })
    expect(unforeseen).toEqual([])
  })

  test('answers every command for any input, and passes on only what the schema accepts', async () => {
    const seen = { taken: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(anyCall, async ([name, input]) => {
        const { result, calls, unforeseen } = await answerTo(name, input)
        expect(unforeseen).toEqual([])
        const [call] = calls
        if (call) {
          seen.taken += 1
          expect(calls).toEqual([{ name, input: commands[call.name].input.parse(input) }])
        } else {
          seen.refused += 1
          expect(result).toMatchObject({ ok: false, error: { code: 'invalid-argument' } })
        }
      }),
      tries(800, 1000),
    )
    // Both outcomes must be frequent, or the test would prove nothing.
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(100)
  })

  test.each(['', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'app.Snapshot', ' app.snapshot'])(
    'knows no command %j',
    async (name) => {
      const { result, calls } = await answerTo(name, undefined)
      expect(result).toEqual({ ok: false, error: { code: 'invalid-argument', message: 'There is no such command.' } })
      expect(calls).toEqual([])
    },
  )

  test('knows no command but its own, whatever the name is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), fc.anything(), async (name, input) => {
        fc.pre(typeof name !== 'string' || !Object.hasOwn(commands, name))
        const { result, calls, unforeseen } = await answerTo(name, input)
        expect(result).toMatchObject({ ok: false, error: { code: 'invalid-argument' } })
        expect([calls, unforeseen]).toEqual([[], []])
      }),
    )
  })

  test('removes what the schema does not know', async () => {
    const input = { sessionId: 'one', extra: 1, ['__proto__']: { polluted: true } }
    const { calls } = await answerTo('session.close', input)
    expect(calls).toEqual([{ name: 'session.close', input: { sessionId: 'one' } }])
  })

  test('names the place of an error', async () => {
    const { result } = await answerTo('log.query', { ...examples['log.query'], limit: 0 })
    expect(result).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/'log\.query' with a wrong input: limit is smaller/) },
    })
  })

  test('answers with the value of the handler', async () => {
    const handlers: Handlers = { ...recordingHandlers(() => undefined, reached), 'log.clear': async () => undefined }
    expect(await dispatch(handlers, 'log.clear', undefined, reached)).toEqual({ ok: true, value: undefined })
  })

  test('answers whatever a handler throws, and reports unexpected errors', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything({ withNullPrototype: true }), async (thrown) => {
        const { result, unforeseen } = await answerTo('log.clear', undefined, () => {
          throw thrown
        })
        expect(result).toEqual({ ok: false, error: { code: 'internal', message: expect.any(String) } })
        expect(unforeseen).toEqual([thrown])
      }),
    )
  })

  test('keeps the code, the message and the details of a known failure', async () => {
    const { result, unforeseen } = await answerTo('log.clear', undefined, () => {
      throw new InspectorError('timeout', 'No reply.', { diagnosis: 'silent-peer' })
    })
    const error = { code: 'timeout', message: 'No reply.', details: { diagnosis: 'silent-peer' } }
    expect(result).toEqual({ ok: false, error })
    expect(unforeseen).toEqual([])
  })
})
