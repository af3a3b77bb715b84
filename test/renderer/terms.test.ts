import { describe, expect, test } from 'vitest'
import { explain, terms } from '../../src/renderer/ui/terms.ts'
import { encodingFacts } from '../../src/shared/codecs/facts.ts'
import { defaultSettings } from '../../src/shared/settings.ts'
import { defaultEndpoint, newSocket } from '../../src/shared/workspace.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'

const { repeat } = newSocket('one')

describe('the explanations name the actual defaults', () => {
  test.each([
    ['endpoint', defaultEndpoint],
    ['serverEndpoint', defaultEndpoint],
    ['encoding', encodingFacts[defaultSettings.defaultEncoding].label],
    ['timeout', `${defaultSettings.defaultTimeoutMs / 1000} s`],
    ['linger', `${defaultSocketOptions.linger} ms`],
    ['sendHighWaterMark', `${defaultSocketOptions.sendHighWaterMark} messages`],
    ['receiveHighWaterMark', `${defaultSocketOptions.receiveHighWaterMark} messages`],
    ['maximumMessageSize', `${defaultSocketOptions.maximumMessageSize} bytes`],
    ['reconnectInterval', `${defaultSocketOptions.reconnectInterval} ms`],
    ['reconnectMaxInterval', `${defaultSocketOptions.reconnectMaxInterval} ms`],
    ['routingId', 'empty'],
    ['ipv6', defaultSocketOptions.ipv6 ? 'on' : 'off'],
    ['relaxedCorrelate', defaultSocketOptions.relaxedCorrelate ? 'on' : 'off'],
    ['repeatCount', `${repeat.count}`],
    ['repeatInterval', `${repeat.intervalMs} ms`],
  ] as const)('%s: %s', (term, value) => {
    expect(explain(term)).toContain(`Default ${value}`)
  })

  test('every socket option has one', () => {
    for (const option of Object.keys(defaultSocketOptions)) expect(Object.keys(terms)).toContain(option)
  })
})
