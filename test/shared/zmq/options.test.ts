import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changedOptions, explainOption, optionsInWords } from '../../../src/shared/zmq/option-words.ts'
import {
  defaultSocketOptions,
  type OptionKey,
  optionGroups,
  optionKeys,
  optionRows,
  problemWith,
} from '../../../src/shared/zmq/options.ts'
import { socketOptionsSchema } from '../../../src/shared/zmq/options-schema.ts'

describe('the schema', () => {
  test('gives an older file the defaults of what it does not have', () => {
    expect(socketOptionsSchema.parse({})).toEqual(defaultSocketOptions)
    expect(socketOptionsSchema.parse({ linger: 7, ipv6: true })).toEqual({
      ...defaultSocketOptions,
      linger: 7,
      ipv6: true,
    })
  })

  test('takes whole numbers within the bounds, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...optionKeys),
        fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger()),
        (key, value) => {
          const row = optionRows[key]
          const fits = row.kind === 'number' && Number.isInteger(value) && value >= row.minimum && value <= row.maximum
          expect(socketOptionsSchema.safeParse({ [key]: value }).success).toBe(fits)
          expect(problemWith(row, value) === null).toBe(fits)
        },
      ),
    )
  })

  test.each<[OptionKey, unknown]>([
    ['linger', -2],
    ['linger', '0'],
    ['heartbeatTimeToLive', 6_553_600],
    ['tcpKeepAliveCount', 128],
    ['ipv6', 1],
    ['routingId', 'x'.repeat(256)],
    ['routingId', 'é'.repeat(128)],
    ['routingId', '\0a'],
    ['routingId', null],
  ])('rejects %s %j, and says why', (key, value) => {
    const { error } = socketOptionsSchema.safeParse({ [key]: value })
    expect(error?.issues[0]?.message).toBe(problemWith(optionRows[key], value))
    expect(error?.issues[0]?.message).toMatch(/\S/)
  })

  test.each(['', 'x'.repeat(255), 'a\0', '名'])('takes the routing id %j', (routingId) => {
    expect(socketOptionsSchema.parse({ routingId }).routingId).toBe(routingId)
  })
})

describe('every option', () => {
  test.each(optionKeys)('%s has a default that it takes, a group and an explanation', (key) => {
    const row = optionRows[key]
    expect(problemWith(row, row.usual)).toBeNull()
    expect(optionGroups).toContain(row.group)
    expect(explainOption(key)).toMatch(/^[A-Z].*\. Default \S.*\.$/)
    if (row.kind === 'number') expect(explainOption(key)).toContain(`Default ${row.usual} ${row.unit}.`)
  })
})

test('the options that differ are named with their values', () => {
  expect(optionsInWords(defaultSocketOptions)).toBe('defaults')
  const options = { ...defaultSocketOptions, linger: -1, ipv6: true, tcpKeepAlive: true, routingId: 'a"b' }
  expect(changedOptions(options)).toEqual(['linger', 'routingId', 'ipv6', 'tcpKeepAlive'])
  expect(optionsInWords(options)).toBe('linger -1 ms, routing id "a\\"b", IPv6 on, TCP keep-alive on')
})
