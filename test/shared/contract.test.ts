import { describe, expect, test } from 'vitest'
import { type CommandName, commands } from '../../src/shared/contract/index.ts'
import { defaultSettings } from '../../src/shared/settings.ts'
import { settingsFormat } from '../../src/shared/settings-schema.ts'
import { defaultWorkspace, maximumFrames, newFrame, newSocket } from '../../src/shared/workspace.ts'
import { workspaceSchema } from '../../src/shared/workspace-schema.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'
import { examples } from '../support/commands.ts'

const takes = (name: CommandName, input: unknown): boolean => commands[name].input.safeParse(input).success

const openingWith = (part: object) => ({
  ...examples['session.open'],
  spec: { ...examples['session.open'].spec, ...part },
})

const withOptions = (options: object) => openingWith({ options: { ...defaultSocketOptions, ...options } })

const sending = (part: object) => ({ ...examples['session.send'], message: [{ ...newFrame('a'), ...part }] })

const exportOf = (path: string) => ({
  format: 'csv',
  columns: [{ field: 'at' }, { value: { frame: 0, encoding: 'json', message: null, path } }],
})

describe('a command', () => {
  test('has an example, every one of them', () => {
    expect(Object.keys(examples).sort()).toEqual(Object.keys(commands).sort())
  })

  test.each(Object.entries(examples))('%s accepts its example unchanged', (name, input) => {
    const taken = Object.entries(commands)
      .find(([each]) => each === name)?.[1]
      .input.parse(input)
    expect(taken).toEqual(input)
    // A window's input reaches the host as a structured clone.
    expect(structuredClone(taken)).toEqual(input)
  })

  test.each<[CommandName, string, unknown]>([
    ['app.snapshot', 'an argument', {}],
    ['session.open', 'no options', openingWith({ options: undefined })],
    ['session.open', 'an option out of bounds', withOptions({ heartbeatTimeToLive: 6_553_600 })],
    ['session.open', 'a long routing id', withOptions({ routingId: 'x'.repeat(256) })],
    ['session.open', 'no id', { ...examples['session.open'], sessionId: '' }],
    ['session.open', 'a long id', { ...examples['session.open'], sessionId: 'x'.repeat(65) }],
    ['session.open', 'no endpoint', openingWith({ attach: [] })],
    ['session.open', 'a long endpoint', openingWith({ attach: [{ how: 'connect', endpoint: 'x'.repeat(1025) }] })],
    ['session.open', 'another way to attach', openingWith({ attach: [{ how: 'both', endpoint: 'tcp://h:5' }] })],
    ['session.open', 'a kind of socket that there is not', openingWith({ pattern: 'surveyor' })],
    ['session.open', 'a behaviour that there is not', openingWith({ behaviour: 'swallow' })],
    [
      'session.subscribe',
      'a topic that is not hex',
      { sessionId: 'one', subscriptions: [{ encoding: 'hex', text: 'xy' }] },
    ],
    [
      'session.subscribe',
      'a topic of 256 bytes',
      { sessionId: 'one', subscriptions: [{ encoding: 'text', text: 'ä'.repeat(128) }] },
    ],
    ['session.send', 'a routing id of 256 bytes', { ...examples['session.send'], to: '00'.repeat(256) }],
    ['session.send', 'a routing id that is not hex', { ...examples['session.send'], to: 'x' }],
    ['log.export', 'another form', { ...examples['log.export'], as: { format: 'xml' } }],
    ['log.export', 'CSV without columns', { ...examples['log.export'], as: { format: 'csv', columns: [] } }],
    ['log.export', 'a path in another form', { ...examples['log.export'], as: exportOf('/price') }],
    ['session.send', 'no frame', { ...examples['session.send'], message: [] }],
    ['session.send', 'text for a frame', { ...examples['session.send'], message: ['text'] }],
    ['session.send', 'bytes for a frame', { ...examples['session.send'], message: [new Uint8Array(2)] }],
    ['session.send', 'an unknown encoding', sending({ encoding: 'xml' })],
    ['session.send', 'bytes for a text', sending({ text: new Uint8Array(2) })],
    ['session.send', 'a file without a size', sending({ attachment: { name: 'a' } })],
    ['session.send', 'no time', { ...examples['session.send'], timeoutMs: 0 }],
    ['session.send', 'half a millisecond', { ...examples['session.send'], timeoutMs: 1.5 }],
    ['session.send', 'more time than libzmq can count', { ...examples['session.send'], timeoutMs: 2 ** 31 }],
    [
      'session.send',
      'too many frames',
      { ...examples['session.send'], message: Array(maximumFrames + 1).fill(newFrame('a')) },
    ],
    ['repeat.start', 'no count', { ...examples['repeat.start'], count: 0 }],
    ['repeat.start', 'a negative interval', { ...examples['repeat.start'], intervalMs: -1 }],
    ['repeat.start', 'more than a day', { ...examples['repeat.start'], intervalMs: 86_400_001 }],
    ['probe.run', 'a pattern that there is not', { ...examples['probe.run'], pattern: 'surveyor' }],
    ['probe.run', 'a long endpoint', { endpoint: 'x'.repeat(1025) }],
    ['topics.watch', 'a path that is none', { ...examples['topics.watch'], key: { by: 'path', path: 'a.b' } }],
    ['topics.watch', 'a separator of two characters', { ...examples['topics.watch'], separator: '::' }],
    ['topics.page', 'more than a page', { ...examples['topics.page'], parts: [{ parent: 0, offset: 0, limit: 1001 }] }],
    ['log.query', 'a kind that is not there', { ...examples['log.query'], filter: { kind: 'messages' } }],
    ['log.query', 'more than a page', { ...examples['log.query'], limit: 1001 }],
    ['log.entry', 'a fraction', { id: 1.5 }],
    ['file.save', 'text for bytes', { name: 'x', bytes: 'text' }],
    ['file.save', 'a long name', { name: 'x'.repeat(256), bytes: new Uint8Array() }],
    ['settings.save', 'a log of nothing', { ...defaultSettings, logMebibytes: 0 }],
    ['workspace.save', 'no socket', { ...defaultWorkspace, sockets: [] }],
    ['workspace.save', 'a long name', { ...defaultWorkspace, sockets: [{ ...newSocket('x'), name: 'x'.repeat(81) }] }],
  ])('%s rejects %s', (name, _what, input) => {
    expect(takes(name, examples[name])).toBe(true)
    expect(takes(name, input)).toBe(false)
  })

  test.each([{ format: 'ndjson' }, { format: 'recording' }, exportOf('$.price')])('exports the log as %j', (as) => {
    expect(takes('log.export', { ...examples['log.export'], as })).toBe(true)
  })

  test('accepts as many frames as a message may have', () => {
    const message = Array(maximumFrames).fill(newFrame('a'))
    expect(takes('session.send', { ...examples['session.send'], message })).toBe(true)
  })
})

describe('the saved state', () => {
  test('has defaults that its schema accepts', () => {
    expect(settingsFormat.schema.parse({})).toEqual(defaultSettings)
    expect(workspaceSchema.parse(defaultWorkspace)).toEqual(defaultWorkspace)
    expect(newSocket('x').options).toEqual(defaultSocketOptions)
  })

  test('survives a round trip as JSON', () => {
    expect(workspaceSchema.parse(JSON.parse(JSON.stringify(defaultWorkspace)))).toEqual(defaultWorkspace)
  })
})
