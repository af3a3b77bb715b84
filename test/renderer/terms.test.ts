import { describe, expect, test } from 'vitest'
import { explain, terms } from '../../src/renderer/ui/terms.ts'
import { encodingFacts } from '../../src/shared/codecs/facts.ts'
import { defaultConnectionOptions } from '../../src/shared/connection.ts'
import { defaultSettings } from '../../src/shared/settings.ts'
import { defaultEndpoint, newConnection } from '../../src/shared/workspace.ts'

const { repeat } = newConnection('one')

describe('the explanations name the actual defaults', () => {
  test.each([
    ['endpoint', defaultEndpoint],
    ['serverEndpoint', defaultEndpoint],
    ['encoding', encodingFacts[defaultSettings.defaultEncoding].label],
    ['timeout', `${defaultSettings.defaultTimeoutMs / 1000} s`],
    ['linger', `${defaultConnectionOptions.linger} ms`],
    ['sendHighWaterMark', `${defaultConnectionOptions.sendHighWaterMark} messages`],
    ['receiveHighWaterMark', `${defaultConnectionOptions.receiveHighWaterMark} messages`],
    ['maximumMessageSize', `${defaultConnectionOptions.maximumMessageSize} bytes`],
    ['reconnectInterval', `${defaultConnectionOptions.reconnectInterval} ms`],
    ['reconnectMaxInterval', `${defaultConnectionOptions.reconnectMaxInterval} ms`],
    ['routingId', 'empty'],
    ['ipv6', defaultConnectionOptions.ipv6 ? 'on' : 'off'],
    ['relaxedCorrelate', defaultConnectionOptions.relaxedCorrelate ? 'on' : 'off'],
    ['repeatCount', `${repeat.count}`],
    ['repeatInterval', `${repeat.intervalMs} ms`],
  ] as const)('%s: %s', (term, value) => {
    expect(explain(term)).toContain(`Default ${value}`)
  })

  test('every socket option has one', () => {
    for (const option of Object.keys(defaultConnectionOptions)) expect(Object.keys(terms)).toContain(option)
  })
})
