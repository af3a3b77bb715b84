import { commands } from '../../src/shared/contract/index.ts'
import { nightly } from '../support/nightly.ts'
import { chooseToOpen, chooseToSave, expect, ownTest, test } from './support/app.ts'

const strangeNames: readonly unknown[] = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  'app.snapshot ',
  'APP.SNAPSHOT',
  'x'.repeat(1_000_000),
  null,
  0,
  -1,
  true,
  [],
  ['app.snapshot'],
  {},
  { toString: 'app.snapshot' },
]

test('a call by a name that does not exist is answered with an error', async ({ page, inspector }) => {
  const answers = await page.evaluate(async (names) => {
    const call: unknown = Reflect.get(window.inspector, 'call')
    if (typeof call !== 'function') return []
    return Promise.all(names.map((name) => Reflect.apply(call, window.inspector, [name, undefined])))
  }, strangeNames)
  expect(answers).toHaveLength(strangeNames.length)
  for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-argument' } })
  await inspector.startAndPoint()
  await inspector.exchange()
})

test('every command answers an invalid argument with an error, and the app continues', async ({
  app,
  page,
  inspector,
}) => {
  await chooseToSave(app, null)
  const withInput = Object.entries(commands)
    .filter(([, { input }]) => !input.safeParse(undefined).success)
    .map(([name]) => name)
  expect(withInput.length).toBeGreaterThan(15)
  const bad = await page.evaluate(
    async ({ names, size }) => {
      const call: unknown = Reflect.get(window.inspector, 'call')
      if (typeof call !== 'function') return ['there is no call']
      const inputs: unknown[] = [
        undefined,
        null,
        0,
        Number.NaN,
        'text',
        [],
        {},
        new Map(),
        new Uint8Array(size),
        { sessionId: 7 },
        { sessionId: '', endpoint: null, id: 'one', message: [] },
        { sessionId: 'x'.repeat(100_000), endpoint: 'x'.repeat(100_000), text: 5, id: 0.5 },
        { sessionId: 'local-echo', message: [[1, 2, 3]], timeoutMs: 1000 },
        {
          sessionId: 'local-echo',
          message: [{ id: 'one', encoding: 'text', text: '', attachment: null }],
          timeoutMs: -1,
        },
        { sessionId: 'local-echo', message: new Array(2000).fill(new Uint8Array(1)), timeoutMs: 1000 },
        JSON.parse('{"__proto__": {"sessionId": "local-echo"}, "constructor": null}'),
      ]
      const failures: string[] = []
      for (const name of names) {
        for (const [index, input] of inputs.entries()) {
          const answer: unknown = await Promise.resolve(Reflect.apply(call, window.inspector, [name, input])).catch(
            String,
          )
          const ok = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'ok') : 'no value'
          // Some commands accept one of the later inputs as valid; none may accept the first ones.
          if (typeof ok !== 'boolean' || (ok && index < 9)) failures.push(`${name} ${index}: ${JSON.stringify(answer)}`)
        }
      }
      return failures
    },
    { names: withInput, size: nightly ? 1_000_000 : 50_000 },
  )
  expect(bad).toEqual([])
  await inspector.startAndPoint()
  await inspector.exchange()
})

ownTest('random calls never crash the app', async ({ app, page, inspector }) => {
  await chooseToOpen(app, null)
  await chooseToSave(app, null)
  await app.evaluate(({ shell }) => {
    shell.openPath = async () => ''
    shell.showItemInFolder = () => undefined
  })
  const seed = Math.floor(Math.random() * 2 ** 31)
  const unanswered = await page.evaluate(
    async ({ names, seed, turns }) => {
      const call: unknown = Reflect.get(window.inspector, 'call')
      if (typeof call !== 'function') return ['there is no call']
      let state = seed
      const random = (below: number) => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
        return state % below
      }
      const keys = [
        'connectionId',
        'endpoint',
        'frames',
        'timeoutMs',
        'filter',
        'id',
        'limit',
        'text',
        'name',
        'options',
      ]
      const value = (depth: number): unknown => {
        const makers = [
          () => undefined,
          () => null,
          () => random(2 ** 31) - 2 ** 30,
          () => random(1000) / 7,
          () => 'tcp://127.0.0.1:1',
          () => String.fromCharCode(random(0xd800)).repeat(random(50)),
          () => new Uint8Array(random(100)),
          () => new Date(),
          () => Array.from({ length: random(5) }, () => value(depth + 1)),
          () => Object.fromEntries(keys.slice(0, random(10)).map((key) => [key, value(depth + 1)])),
        ]
        return makers[random(depth > 3 ? 8 : makers.length)]?.()
      }
      const faults: string[] = []
      for (let turn = 0; turn < turns; turn += 1) {
        const name = names[random(names.length)]
        const answer: unknown = await Promise.resolve(Reflect.apply(call, window.inspector, [name, value(0)])).catch(
          String,
        )
        if (typeof answer !== 'object' || answer === null || typeof Reflect.get(answer, 'ok') !== 'boolean') {
          faults.push(`${name}: ${String(answer)}`)
        }
      }
      return faults
    },
    // Commands that end the window, or take the server's usual port, must not be called at random.
    {
      names: Object.keys(commands).filter((name) => !name.startsWith('server.') && name !== 'window.close'),
      seed,
      turns: nightly ? 1000 : 300,
    },
  )
  expect(unanswered, `seed ${seed}`).toEqual([])
  await inspector.startAndPoint()
  await inspector.exchange()
})
