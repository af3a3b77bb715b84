import { expect, test } from 'vitest'
import { engineCommands } from '../../../src/engine/commands.ts'
import type { SeriesSpec } from '../../../src/shared/series/series.ts'
import type { SocketSpec } from '../../../src/shared/session/spec.ts'
import { boundEndpointOf } from '../../../src/shared/session/state.ts'
import { plainSource } from '../../../src/shared/values/source.ts'
import { defaultSocketOptions } from '../../../src/shared/zmq/options.ts'
import type { PatternId } from '../../../src/shared/zmq/patterns.ts'
import { noSecurity } from '../../../src/shared/zmq/security.ts'
import { bytes, createHarness } from '../../support/harness.ts'

const specOf = (pattern: PatternId, ...attach: SocketSpec['attach']): SocketSpec => ({
  pattern,
  attach,
  options: defaultSocketOptions,
  security: noSecurity,
  subscriptions: pattern === 'sub' ? [{ encoding: 'text', text: '' }] : [],
  behaviour: null,
})

const seriesOf = (session: string, direction: SeriesSpec['direction']) => ({
  spec: {
    id: session,
    session,
    direction,
    match: null,
    value: plainSource(1, 'json', '$.v'),
    x: 'arrival' as const,
    part: { from: 0, every: 1 },
  },
  decoding: { value: {}, x: {} },
  schema: 0,
})

test('series of sockets that open later have what these send and receive, beside topics, and end with them', async () => {
  const { engine, entries, until } = createHarness()
  const commands = engineCommands(engine)
  const series = [seriesOf('pub', 'sent'), seriesOf('sub', 'received')]
  await commands['series.watch']({ series })
  const bind = { how: 'bind', endpoint: 'tcp://127.0.0.1:0' } as const
  const endpoint = boundEndpointOf(await engine.open('pub', specOf('pub', bind)))?.endpoint ?? ''
  await engine.open('sub', specOf('sub', { how: 'connect', endpoint }))
  await commands['topics.watch']({ sessionId: 'sub', key: { by: 'frame', frame: 0 }, separator: null })
  await until('the subscription', () => engine.session('pub').state.audience?.subscriptions === 1)
  const valuesOf = async (id: string) => {
    const page = await commands['series.page']({ ids: [id], span: null, columns: 100, known: null })
    return page?.parts[0]?.points.filter((_number, place) => place % 2 === 1)
  }
  for (const v of [1, 2.5]) await engine.send('pub', ['t', `{"v": ${v}}`].map(bytes), 5000)
  await until('the messages', () => entries.filter(({ direction }) => direction === 'received').length === 2)
  expect(await valuesOf('pub')).toEqual(new Float64Array([1, 2.5]))
  expect(await valuesOf('sub')).toEqual(new Float64Array([1, 2.5]))
  expect(
    engine
      .session('sub')
      .topics.page(
        { sort: 'name', descending: false, filter: '', parts: [], known: null },
        { now: 0, preview: () => '' },
      )?.topics,
  ).toBe(1)

  // Watched anew, they begin with the newest messages.
  await commands['series.watch']({ series: [] })
  await commands['series.watch']({ series })
  expect(await valuesOf('sub')).toEqual(new Float64Array([1, 2.5]))
  engine.remove('sub')
  await engine.send('pub', ['t', '{"v": 3}'].map(bytes), 5000)
  expect(await valuesOf('pub')).toEqual(new Float64Array([1, 2.5, 3]))
  expect(await valuesOf('sub')).toEqual(new Float64Array([1, 2.5]))
})
