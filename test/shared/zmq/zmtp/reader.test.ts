import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeGreeting2, writeGreeting3, writeSignature } from '../../../../src/shared/zmq/zmtp/greeting.ts'
import { type FrameKind, revisions, type Speaks } from '../../../../src/shared/zmq/zmtp/protocol.ts'
import { ignoring, ZmtpReader } from '../../../../src/shared/zmq/zmtp/reader.ts'
import {
  writeCommand,
  writeError,
  writeFrame,
  writeGroup,
  writeHeader,
  writeMetadata,
  writePing,
  writePlainHello,
  writePlainWelcome,
  writePong,
  writeSubscription,
} from '../../../../src/shared/zmq/zmtp/writer.ts'
import { tries } from '../../../support/nightly.ts'
import { collecting, eventsOf, type ZmtpEvent } from '../../../support/zmtp-events.ts'

const join = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts))
const text = (written: string) => new Uint8Array(Buffer.from(written, 'latin1'))
const socketType = (value: string) => ({ name: 'Socket-Type', value: text(value) })
const ready = writeMetadata('READY', [socketType('PUB')])

const framesOf = (events: readonly ZmtpEvent[]) => events.filter((event) => event.type === 'frame')
const violationsOf = (events: readonly ZmtpEvent[]) =>
  events.flatMap((event) => (event.type === 'violation' ? [[event.violation.code, event.violation.offset]] : []))
const commandOf = (events: readonly ZmtpEvent[]) => events.find((event) => event.type === 'command')?.command

describe('a greeting', () => {
  test('of ZMTP 3 tells version, mechanism and as-server', () => {
    expect(eventsOf(writeGreeting3('CURVE', { minor: 0, asServer: true }))).toEqual([
      {
        type: 'greeting',
        speaks: 3,
        greeting: { revision: 3, minor: 0, mechanism: 'CURVE', asServer: true, socketType: null, bytes: 64 },
      },
    ])
  })

  test('of ZMTP 2.0 tells the socket type, and is followed by the identity', () => {
    const bytes = join(writeGreeting2(4), writeFrame(2, 'identity', false, text('me')))
    expect(eventsOf(bytes)).toEqual([
      { type: 'greeting', speaks: 2, greeting: expect.objectContaining({ revision: 1, socketType: 4, bytes: 12 }) },
      expect.objectContaining({ type: 'frame', kind: 'identity', size: 2, offset: 12, isWhole: true }),
      { type: 'identity', identity: '6d65' },
    ])
  })

  test('is missing in ZMTP 1.0, which begins with the identity', () => {
    const bytes = join(writeFrame(1, 'identity', false, text('me')), writeFrame(1, 'message', true, text('x')))
    expect(eventsOf(bytes)).toEqual([
      { type: 'greeting', speaks: 1, greeting: expect.objectContaining({ revision: -1, bytes: 0 }) },
      expect.objectContaining({ kind: 'identity', size: 2, offset: 0 }),
      { type: 'identity', identity: '6d65' },
      expect.objectContaining({ kind: 'message', more: true, size: 1, offset: 4 }),
    ])
  })

  test.each<[string, Uint8Array, number, Speaks]>([
    ['1.0: the signature is the header of its identity', join(writeSignature(2), text('me')), revisions.unversioned, 1],
    [
      '2.0: it is as short as that, though it says 3',
      join(writeSignature(), Uint8Array.of(3, 6), writeFrame(2, 'identity', false, text('me'))),
      revisions.two,
      2,
    ],
    [
      '1.0 behind a signature: its frames are those of 1.0',
      join(writeSignature(), Uint8Array.of(3, 6), writeFrame(1, 'identity', false, text('me'))),
      revisions.one,
      1,
    ],
  ])('adapts to a peer of ZMTP %s', (_what, bytes, other, speaks) => {
    const known = eventsOf(bytes, [bytes.length], { other })
    expect(known[0]).toMatchObject({ type: 'greeting', speaks })
    expect(known.at(-1)).toEqual({ type: 'identity', identity: '6d65' })
    expect(violationsOf(known)).toEqual([])
    // The other end is told only when all bytes were read, and after each of them.
    for (let before = 0; before <= bytes.length; before += 1) {
      const { reader, events } = collecting()
      reader.read(bytes.subarray(0, before))
      reader.tellOther(other)
      reader.read(bytes.subarray(before))
      expect(events).toEqual(known)
    }
  })

  test('that breaks the rules is told, not refused', () => {
    const bytes = writeGreeting3('NULL')
    bytes[30] = 1
    bytes[32] = 7
    const events = eventsOf(join(bytes, ready))
    expect(violationsOf(events)).toEqual([
      ['mechanism-name', 30],
      ['as-server', 32],
    ])
    expect(commandOf(events)).toMatchObject({ name: 'READY' })
  })
})

describe('frames', () => {
  test('are told with reserved bits, and their offset', () => {
    const events = eventsOf(join(writeGreeting3('NULL'), ready, Uint8Array.of(0xf8, 1, 7)))
    const at = 64 + ready.length
    expect(violationsOf(events)).toEqual([['reserved-flags', at]])
    expect(framesOf(events).at(-1)).toMatchObject({ kind: 'message', size: 1, offset: at, isWhole: true })
  })

  test.each<[string, readonly number[], readonly (readonly [string, number])[]]>([
    ['a length above 2^53', [2, 0, 0x20, 0, 0, 0, 0, 0, 0, 1, 1, 1], [['frame-size', 1]]],
    ['a command that is not the last frame', [5, 2, 1, 65], [['command-more', 0]]],
    ['a command without a name', [4, 1, 0], [['command-name', 2]]],
    ['an empty command', [4, 0], [['command-name', 2]]],
    ['a name that is longer than its command', [4, 3, 9, 65, 66], [['command-name', 2]]],
    ['an ERROR whose reason is cut', [4, 7, 5, 69, 82, 82, 79, 82, 9], [['command-body', 9]]],
    ['a PING without its time', [4, 6, 4, 80, 73, 78, 71, 0], [['command-body', 8]]],
  ])('with %s', (_what, given, expected) => {
    const before = join(writeGreeting3('NULL'), ready)
    const events = eventsOf(join(before, Uint8Array.from(given)))
    expect(violationsOf(events)).toEqual(expected.map(([code, offset]) => [code, offset + before.length]))
  })

  test('of ZMTP 1.0 with a length of 0 end the reading', () => {
    const { reader, events } = collecting()
    reader.read(Uint8Array.of(1, 0, 0, 0, 5, 5))
    expect(violationsOf(events)).toEqual([['empty-length', 2]])
    const count = events.length
    reader.read(new Uint8Array(1000))
    expect([events.length, reader.isBroken]).toEqual([count, true])
  })

  test('before the handshake are told', () => {
    expect(violationsOf(eventsOf(join(writeGreeting3('NULL'), Uint8Array.of(0, 1, 7))))).toEqual([
      ['early-message', 64],
    ])
  })

  test('that are larger than memory are only counted', () => {
    const header = new Uint8Array(9)
    writeHeader(header, 0, 3, 'command', false, 2 ** 50)
    let passed = 0
    const counting = {
      ...ignoring,
      payload(_chunk: Uint8Array, start: number, end: number) {
        passed += end - start
      },
    }
    const reader = new ZmtpReader(counting, { commandBytes: 1000 })
    reader.read(join(writeGreeting3('NULL'), header))
    const chunk = new Uint8Array(1 << 20)
    for (let count = 0; count < 64; count += 1) reader.read(chunk)
    expect([passed, reader.isInFrame]).toEqual([64 << 20, true])
  })

  test('hand out slices of the chunk, not copies', () => {
    const bytes = join(writeGreeting3('NULL'), ready, writeFrame(3, 'message', false, text('payload')))
    const seen: Uint8Array[] = []
    new ZmtpReader({ ...ignoring, payload: (chunk) => seen.push(chunk) }).read(bytes)
    expect(seen.length).toBe(2)
    expect(seen.every((chunk) => chunk === bytes)).toBe(true)
  })
})

describe('commands', () => {
  const curve = (name: string, bytes: number) => writeCommand(name, new Uint8Array(bytes))
  test.each<[string, string, Uint8Array, object]>([
    ['NULL', 'READY', ready, { kind: 'metadata', properties: [{ name: 'Socket-Type', value: text('PUB') }] }],
    ['NULL', 'ERROR', writeError('400'), { kind: 'error', reason: '400' }],
    ['PLAIN', 'libzmq’s broken ERROR', writeFrame(3, 'command', false, text('\x5eRROR\x03400')), { reason: '400' }],
    ['NULL', 'SUBSCRIBE', writeSubscription('SUBSCRIBE', text('a')), { kind: 'subscription', topic: text('a') }],
    ['NULL', 'CANCEL', writeSubscription('CANCEL', text('')), { name: 'CANCEL', topic: text('') }],
    ['NULL', 'JOIN', writeGroup('JOIN', text('g')), { kind: 'group', group: text('g') }],
    ['NULL', 'LEAVE', writeGroup('LEAVE', text('g')), { name: 'LEAVE', group: text('g') }],
    ['NULL', 'PING', writePing(25_700, text('c')), { kind: 'ping', lifetimeMs: 25_700, context: text('c') }],
    ['NULL', 'PONG', writePong(text('c')), { kind: 'pong', context: text('c') }],
    ['PLAIN', 'HELLO', writePlainHello(text('me'), text('secret')), { user: text('me'), passwordBytes: 6 }],
    ['PLAIN', 'WELCOME', writePlainWelcome(), { kind: 'plain-welcome' }],
    ['PLAIN', 'INITIATE', writeMetadata('INITIATE', [socketType('REQ')]), { kind: 'metadata', name: 'INITIATE' }],
    ['CURVE', 'HELLO', curve('HELLO', 194), { kind: 'curve-hello', major: 0, clientKey: new Uint8Array(32) }],
    ['CURVE', 'WELCOME', curve('WELCOME', 160), { kind: 'curve-welcome' }],
    ['CURVE', 'INITIATE', curve('INITIATE', 300), { kind: 'curve-initiate' }],
    ['CURVE', 'READY', curve('READY', 50), { kind: 'curve-ready' }],
    ['CURVE', 'MESSAGE', curve('MESSAGE', 30), { kind: 'curve-message', plainBytes: 6 }],
    ['GSSAPI', 'READY', ready, { kind: 'other', name: 'READY', isCut: false }],
    ['NULL', 'one of another mechanism', curve('HELLO', 5), { kind: 'other', name: 'HELLO' }],
  ])('of %s: %s', (mechanism, _name, command, expected) => {
    expect(commandOf(eventsOf(join(writeGreeting3(mechanism), command)))).toMatchObject(expected)
  })

  test('never tell a password', () => {
    const events = eventsOf(join(writeGreeting3('PLAIN'), writePlainHello(text('me'), text('secret'))))
    expect(JSON.stringify(commandOf(events))).not.toContain(JSON.stringify([...text('secret')]).slice(1, -1))
  })

  test('that are longer than the bound are told by name', () => {
    const bytes = join(writeGreeting3('NULL'), writeSubscription('SUBSCRIBE', new Uint8Array(5000)))
    const events = eventsOf(bytes, [100], { commandBytes: 1000 })
    expect(commandOf(events)).toMatchObject({ kind: 'other', name: 'SUBSCRIBE', isCut: true })
  })
})

const payload = fc.oneof(
  fc.uint8Array({ maxLength: 20 }),
  fc.integer({ min: 250, max: 260 }).map((size) => new Uint8Array(size).fill(size & 0xff)),
  fc.constant(new Uint8Array(2000).fill(3)),
)
const sizes = fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 300 })), { minLength: 1, maxLength: 8 })
const command = fc.oneof(
  fc.constant(ready),
  fc.uint8Array({ maxLength: 300 }).map((topic) => writeSubscription('SUBSCRIBE', topic)),
  fc.uint8Array({ maxLength: 16 }).map((context) => writePing(300, context)),
)

/** Streams as a right peer sends them, with the frames in them. */
const stream = fc
  .tuple(
    fc.constantFrom<Speaks>(1, 2, 3),
    fc.array(fc.record({ more: fc.boolean(), payload }), { maxLength: 12 }),
    command,
  )
  .map(([speaks, frames, first]) => {
    const begin =
      speaks === 3
        ? join(writeGreeting3('NULL'), first)
        : join(speaks === 2 ? writeGreeting2(4) : new Uint8Array(0), writeFrame(speaks, 'identity', false, text('id')))
    const bytes = join(begin, ...frames.map((frame) => writeFrame(speaks, 'message', frame.more, frame.payload)))
    return { speaks, frames, bytes }
  })

test('what is written is read back, of every version and however it is split', () => {
  fc.assert(
    fc.property(stream, sizes, ({ frames, bytes }, split) => {
      const events = eventsOf(bytes, split)
      expect(violationsOf(events)).toEqual([])
      const read = framesOf(events).filter(({ kind }) => kind === 'message')
      expect(read.map(({ more, payload: bytesRead, isWhole }) => [more, bytesRead.toString('hex'), isWhole])).toEqual(
        frames.map((frame) => [frame.more, Buffer.from(frame.payload).toString('hex'), true]),
      )
      expect(events).toEqual(eventsOf(bytes))
    }),
    tries(60, 2000),
  )
})

test('any bytes give the same events however they are split', () => {
  const any = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.tuple(stream, fc.nat(), fc.integer({ min: 0, max: 255 })).map(([{ bytes }, at, value]) => {
      const changed = bytes.slice(0, 400)
      changed[at % changed.length] = value
      return changed
    }),
  )
  const other = fc.constantFrom(null, -1, 0, 1, 3)
  fc.assert(
    fc.property(any, sizes, other, (bytes, split, revision) => {
      const options = { other: revision, commandBytes: 300 }
      expect(eventsOf(bytes, split, options)).toEqual(eventsOf(bytes, [bytes.length], options))
    }),
    tries(300, 20_000),
  )
})

test('a header takes the bytes that it says', () => {
  const kinds: readonly FrameKind[] = ['message', 'command', 'identity']
  for (const speaks of [1, 2, 3] as const) {
    for (const size of [0, 1, 253, 254, 255, 256, 65_536, 2 ** 40]) {
      for (const kind of kinds) {
        const target = new Uint8Array(16)
        const end = writeHeader(target, 3, speaks, kind, true, size)
        expect(target.subarray(0, 3)).toEqual(new Uint8Array(3))
        expect(target.subarray(end)).toEqual(new Uint8Array(16 - end))
      }
    }
  }
})
