import { describe, expect, test } from 'vitest'
import { defaultConnectionOptions } from '../../src/shared/connection.ts'
import { type CommandName, commands } from '../../src/shared/contract.ts'
import { defaultSettings } from '../../src/shared/settings.ts'
import { settingsFormat } from '../../src/shared/settings-schema.ts'
import { defaultWorkspace, maximumFrames, newConnection, newFrame } from '../../src/shared/workspace.ts'
import { workspaceSchema } from '../../src/shared/workspace-schema.ts'
import { examples } from '../support/commands.ts'

const takes = (name: CommandName, input: unknown): boolean => commands[name].input.safeParse(input).success

const withOptions = (options: object) => ({
  ...examples['connection.open'],
  options: { ...defaultConnectionOptions, ...options },
})

const sending = (part: object) => ({ ...examples['connection.send'], message: [{ ...newFrame('a'), ...part }] })

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
    ['connection.open', 'no options', { ...examples['connection.open'], options: undefined }],
    ['connection.open', 'an option out of bounds', withOptions({ heartbeatTimeToLive: 6_553_600 })],
    ['connection.open', 'a long routing id', withOptions({ routingId: 'x'.repeat(256) })],
    ['connection.open', 'no id', { ...examples['connection.open'], connectionId: '' }],
    ['connection.open', 'a long id', { ...examples['connection.open'], connectionId: 'x'.repeat(65) }],
    ['connection.open', 'a long endpoint', { ...examples['connection.open'], endpoint: 'x'.repeat(1025) }],
    ['connection.send', 'no frame', { ...examples['connection.send'], message: [] }],
    ['connection.send', 'text for a frame', { ...examples['connection.send'], message: ['text'] }],
    ['connection.send', 'bytes for a frame', { ...examples['connection.send'], message: [new Uint8Array(2)] }],
    ['connection.send', 'an unknown encoding', sending({ encoding: 'xml' })],
    ['connection.send', 'bytes for a text', sending({ text: new Uint8Array(2) })],
    ['connection.send', 'a file without a size', sending({ attachment: { name: 'a' } })],
    ['connection.send', 'no time', { ...examples['connection.send'], timeoutMs: 0 }],
    ['connection.send', 'half a millisecond', { ...examples['connection.send'], timeoutMs: 1.5 }],
    ['connection.send', 'more time than libzmq can count', { ...examples['connection.send'], timeoutMs: 2 ** 31 }],
    [
      'connection.send',
      'too many frames',
      { ...examples['connection.send'], message: Array(maximumFrames + 1).fill(newFrame('a')) },
    ],
    ['repeat.start', 'no count', { ...examples['repeat.start'], count: 0 }],
    ['repeat.start', 'a negative interval', { ...examples['repeat.start'], intervalMs: -1 }],
    ['repeat.start', 'more than a day', { ...examples['repeat.start'], intervalMs: 86_400_001 }],
    ['log.query', 'a kind that is not there', { ...examples['log.query'], filter: { kind: 'messages' } }],
    ['log.query', 'more than a page', { ...examples['log.query'], limit: 1001 }],
    ['log.entry', 'a fraction', { id: 1.5 }],
    ['file.save', 'text for bytes', { name: 'x', bytes: 'text' }],
    ['file.save', 'a long name', { name: 'x'.repeat(256), bytes: new Uint8Array() }],
    ['settings.save', 'a log of nothing', { ...defaultSettings, logMebibytes: 0 }],
    ['workspace.save', 'no connection', { ...defaultWorkspace, connections: [] }],
    [
      'workspace.save',
      'a long name',
      { ...defaultWorkspace, connections: [{ ...newConnection('x'), name: 'x'.repeat(81) }] },
    ],
  ])('%s rejects %s', (name, _what, input) => {
    expect(takes(name, examples[name])).toBe(true)
    expect(takes(name, input)).toBe(false)
  })

  test('accepts as many frames as a message may have', () => {
    const message = Array(maximumFrames).fill(newFrame('a'))
    expect(takes('connection.send', { ...examples['connection.send'], message })).toBe(true)
  })
})

describe('the saved state', () => {
  test('has defaults that its schema accepts', () => {
    expect(settingsFormat.schema.parse({})).toEqual(defaultSettings)
    expect(workspaceSchema.parse(defaultWorkspace)).toEqual(defaultWorkspace)
    expect(newConnection('x').options).toEqual(defaultConnectionOptions)
  })

  test('survives a round trip as JSON', () => {
    expect(workspaceSchema.parse(JSON.parse(JSON.stringify(defaultWorkspace)))).toEqual(defaultWorkspace)
  })
})
