import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maximumLineBytes, type RecordingItem, type RecordingOutcome } from '../../../src/shared/recording/format.ts'
import { type PlacedItem, RecordingReader } from '../../../src/shared/recording/reader.ts'
import { headerLine, recordLine, socketLine } from '../../../src/shared/recording/write.ts'
import { noSecurity } from '../../../src/shared/zmq/security.ts'
import { tries } from '../../support/nightly.ts'
import { anyHeader, anyRecord, anySocket, fullRecord, receivedMessage, recordingOf } from '../../support/recordings.ts'

interface Read {
  readonly items: readonly PlacedItem[]
  readonly outcome: RecordingOutcome | null
  readonly error: unknown
}

/** Reads pieces one after the other, and keeps what was read before an error. */
function read(...pieces: readonly (string | Uint8Array)[]): Read {
  const reader = new RecordingReader()
  const items: PlacedItem[] = []
  try {
    for (const piece of pieces) {
      const bytes = Uint8Array.from(Buffer.from(piece))
      for (const item of reader.push(bytes)) items.push(item)
      // A reader of a file uses its buffer again.
      bytes.fill(0x78)
    }
    const rest = reader.end()
    for (;;) {
      const next = rest.next()
      if (next.done) return { items, outcome: next.value, error: null }
      items.push(next.value)
    }
  } catch (error) {
    return { items, outcome: null, error }
  }
}

const recordsOf = ({ items }: Read) => items.flatMap((item) => (item.kind === 'record' ? [item.record] : []))

const exact = (records: ReturnType<typeof recordsOf>) =>
  records.map((record) => ({ ...record, frames: record.frames.map((frame) => Buffer.from(frame).toString('hex')) }))

/** The bytes in parts of any size. */
function split(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((one, other) => one - other)
  return [0, ...places].map((place, index) => bytes.subarray(place, places[index] ?? bytes.length))
}

describe('a recording', () => {
  test('gives any records back exactly, however its bytes come', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 5 }), fc.array(fc.nat(), { maxLength: 20 }), (records, cuts) => {
        const found = read(...split(Buffer.from(recordingOf(...records)), cuts))
        expect(found.error).toBeNull()
        expect(exact(recordsOf(found))).toEqual(exact(records))
        expect(found.outcome).toEqual({
          records: records.length,
          end: { records: records.length, complete: true },
          cut: null,
        })
      }),
      tries(200, 5000),
    )
  })

  test('that is cut anywhere gives all records of its whole lines, and tells where it is cut', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 4 }), fc.nat(), (records, place) => {
        const bytes = Buffer.from(recordingOf(...records))
        const first = headerLine(anyHeader).length
        const kept = bytes.subarray(0, first + (place % (bytes.length - first)))
        const lastLine = kept.lastIndexOf(0x0a) + 1
        const lines = kept.toString('latin1').split('\n')
        const found = read(kept)
        // A line that lacks nothing but its line feed is whole.
        const isWhole = lastLine === kept.length || bytes[kept.length] === 0x0a
        expect(found.error).toBeNull()
        expect(found.outcome?.cut).toEqual(isWhole ? null : { line: lines.length, offset: lastLine })
        const whole = lines.length - 1 - 2 + (isWhole && lastLine !== kept.length ? 1 : 0)
        const expected = records.slice(0, Math.max(0, Math.min(whole, records.length)))
        expect(exact(recordsOf(found))).toEqual(exact(expected))
      }),
      tries(200, 5000),
    )
  })

  test('has a line of JSON for each thing, frames as text where they are that', () => {
    expect(recordingOf(fullRecord).split('\n')).toEqual([
      '{"format":"zeromq-inspector-recording","version":1,"application":"0.1.0","at":1709164800000}',
      '{"socket":{"session":"one","name":"prices","pattern":"sub","attach":[{"how":"connect","endpoint":"tcp://127.0.0.1:5555"}],"subscriptions":[{"encoding":"text","text":"prices."}],"security":"curve-client","views":{"sent":{"frames":[],"others":null},"received":{"frames":[null,{"encoding":"protobuf","message":"api.Price"}],"others":{"encoding":"hex","message":null}}}}}',
      '{"id":1,"at":1709210096789.625,"kind":"message","direction":"received","session":"one","name":"tcp://127.0.0.1:5555","frames":[{"base64":"Bw=="},"","prices.eur",{"base64":"AP8K"}],"envelope":2,"exchange":3,"roundTripNs":190000,"origin":"behaviour","event":"reply:late","detail":"It came\\nafter 1 s."}',
      '{"end":{"records":1,"complete":true}}',
      '',
    ])
  })

  test('tells each item with the place of its line', () => {
    const text = recordingOf(fullRecord)
    const places = read(text).items.map(({ kind, line, offset }) => ({ kind, line, offset }))
    const starts = [...text.matchAll(/^./gm)].map(({ index }) => Buffer.byteLength(text.slice(0, index)))
    expect(places).toEqual(
      ['header', 'socket', 'record', 'end'].map((kind, index) => ({ kind, line: index + 1, offset: starts[index] })),
    )
  })

  test('holds a frame of zeros without a line many times as long', () => {
    expect(recordLine(receivedMessage(new Uint8Array(30_000)), 1).length).toBeLessThan(41_000)
  })

  test('has nothing of a socket but what may be told', () => {
    const socket = { ...noSecurity, ...anySocket, password: 'pass-word', options: { routingId: 'mine' } }
    expect(socketLine({ ...socket, security: 'plain-client' })).not.toMatch(/pass-word|mine|userName|password/)
  })

  test('refuses a message that no line can hold', () => {
    const record = receivedMessage(new Uint8Array(maximumLineBytes + 1))
    expect(() => recordLine(record, 7)).toThrow('Record 7 (256 MiB) does not fit into a recording')
    // Each quote takes two characters, so its bytes alone do not tell.
    const quotes = Buffer.alloc(130 * 1024 ** 2, '"')
    expect(() => recordLine(receivedMessage(quotes), 7)).toThrow(expect.objectContaining({ code: 'too-large' }))
  }, 30_000)
})

describe('what other programs write', () => {
  const kinds = ({ items }: { readonly items: readonly RecordingItem[] }) => items.map(({ kind }) => kind)

  test('may have other spaces, other line ends, blank lines, more fields and a byte order mark', () => {
    const lines = recordingOf(fullRecord)
      .split('\n')
      .map((line) =>
        line === '' ? line : JSON.stringify({ ...JSON.parse(line), more: 1 }, null, 1).replaceAll('\n', ' '),
      )
    const found = read(`\ufeff${lines.join('\r\n\r\n')}`)
    expect(found.error).toBeNull()
    expect(kinds(found)).toEqual(['header', 'socket', 'record', 'end'])
    expect(exact(recordsOf(found))).toEqual(exact([fullRecord]))
  })

  test('may say less', () => {
    const found = read(headerLine(anyHeader), '{"id":1,"at":2,"kind":"message","session":"a","name":"b"}')
    expect(recordsOf(found)).toEqual([
      {
        id: 1,
        at: 2,
        kind: 'message',
        direction: 'none',
        session: 'a',
        name: 'b',
        frames: [],
        envelope: 0,
        exchange: null,
        roundTripNs: null,
        origin: null,
        event: null,
        detail: null,
        peer: null,
      },
    ])
    expect(found.outcome).toEqual({ records: 1, end: null, cut: null })
  })
})

const record = '{"id":1,"at":2,"kind":"message","session":"a","name":"b"'

describe('a file that is wrong', () => {
  test.each([
    ['nothing', '', 'This is no recording: it is empty.'],
    ['another text', 'Hello\n', /^This is no recording: its first line is not \{"format":"zeromq-inspector-recording"/],
    ['other JSON', '{"format":"zeromq-inspector-run","version":1}\n', /^This is no recording/],
    ['a cut header', headerLine(anyHeader).slice(0, -5), /^This is no recording/],
    [
      'gzip',
      Uint8Array.of(0x1f, 0x8b, 8, 0, 0x0a),
      'This is no recording: it is compressed with gzip; unpack it first.',
    ],
    ['no end of its first line', 'x'.repeat(70_000), /^This is no recording/],
    [
      'a newer version',
      headerLine(anyHeader).replace('"version":1', '"version":2'),
      'The recording cannot be read: a newer version of ZeroMQ Inspector wrote it (format 2; this version knows formats up to 1).',
    ],
    [
      'no version',
      '{"format":"zeromq-inspector-recording","application":"1","at":1}\n',
      /^The recording cannot be read: /,
    ],
  ])('%s', (_what, content, message) => {
    const { error, items } = read(content)
    expect(items).toEqual([])
    expect(error).toMatchObject({ code: 'decode-failed' })
    expect(error instanceof Error ? error.message : '').toMatch(message)
  })

  test.each<[string, string | Uint8Array, string | RegExp]>([
    ['no JSON', '{"id":1', 'it is not JSON.'],
    ['bytes that are no text', Buffer.from([0x22, 0xff, 0x22]), 'it is not JSON.'],
    ['deep nesting', '['.repeat(200_000), /it is not JSON|neither a record/],
    ['another thing', '{"message":1}', 'it is neither a record ("id") nor "socket" nor "end".'],
    ['no object', '[1]', /neither a record/],
    ['a second header', headerLine(anyHeader).trimEnd(), /neither a record/],
    ['no time', '{"id":1,"kind":"message","session":"a","name":"b"}', /"?at"?/],
    ['an unknown kind', `${record},"kind":"thing"}`, /kind/],
    ['an infinite time', `${record},"at":1e999}`, /at/],
    ['a fraction of an id', `${record},"id":1.5}`, /id/],
    ['frames that are none', `${record},"frames":[7]}`, 'a frame is neither a text nor {"base64": …}.'],
    [
      'a frame of no Base64',
      `${record},"frames":[{"base64":"A*"}]}`,
      "a frame cannot be read: Not a Base64 character: '*'.",
    ],
    ['half of a character', `${record},"frames":["\\ud800"]}`, /lone surrogate U\+D800/],
    ['an envelope without frames', `${record},"envelope":1}`, 'its envelope has 1 of 0 frames.'],
    ['a socket of no kind', '{"socket":{"session":"a","pattern":"x"}}', /./],
  ])('%s in a line', (_what, line, why) => {
    const before = recordingOf().split('\n').slice(0, 2).join('\n')
    const found = read(`${before}\n${record}}\n`, line, '\n')
    const offset = Buffer.byteLength(`${before}\n${record}}\n`)
    expect(recordsOf(found)).toHaveLength(1)
    expect(found.error).toMatchObject({ code: 'decode-failed', details: { line: 4, offset } })
    const start = `Line 4 (at byte ${offset}) cannot be read: `
    const { message } = found.error instanceof Error ? found.error : new Error('no error')
    expect(message.slice(0, start.length)).toBe(start)
    expect(message.slice(start.length)).toMatch(why)
    expect(message.length).toBeLessThan(300)
  })

  test('something after its end', () => {
    const found = read(recordingOf(fullRecord), `${record}}\n`)
    expect(found.error).toMatchObject({ message: expect.stringContaining('Line 5 (at byte') })
    expect(found.error).toMatchObject({ message: expect.stringContaining('after the end of the recording') })
  })

  test('a line without end is given up before it takes all memory', () => {
    const reader = new RecordingReader()
    expect([...reader.push(Buffer.from(headerLine(anyHeader)))]).toHaveLength(1)
    const piece = new Uint8Array(16 * 1024 ** 2).fill(0x78)
    const pushAll = () => {
      for (let count = 0; count < 17; count += 1) expect([...reader.push(piece)]).toEqual([])
    }
    expect(pushAll).toThrow('it has more than 256 MiB.')
  })

  test('any other bytes are refused or read, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(), (noise, place) => {
        const bytes = Buffer.from(recordingOf(fullRecord))
        bytes.set(noise, place % Math.max(1, bytes.length - noise.length))
        const { error } = read(bytes)
        if (error !== null) expect(error).toMatchObject({ code: 'decode-failed' })
      }),
      tries(300, 20_000),
    )
  })
})
