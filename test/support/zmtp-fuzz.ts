import { writeGreeting2, writeGreeting3 } from '../../src/shared/zmq/zmtp/greeting.ts'
import { type ReaderOptions, ZmtpReader, type ZmtpSink } from '../../src/shared/zmq/zmtp/reader.ts'
import {
  writeError,
  writeFrame,
  writeMetadata,
  writePing,
  writePlainHello,
  writeSubscription,
} from '../../src/shared/zmq/zmtp/writer.ts'

/** Numbers from 0 to 1 that follow from the seed (mulberry32), so that a failure can be repeated. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const text = (written: string) => Buffer.from(written, 'latin1')

/** What right peers send, to be changed. */
const seeds: readonly Buffer[] = [
  ...['NULL', 'PLAIN', 'CURVE'].map((mechanism) =>
    Buffer.concat([
      writeGreeting3(mechanism),
      writePlainHello(text('user'), text('password')),
      writeMetadata('READY', [{ name: 'Socket-Type', value: text('DEALER') }]),
      writeSubscription('SUBSCRIBE', text('topic')),
      writePing(300, text('context')),
      writeError('400'),
      writeFrame(3, 'message', true, text('first')),
      writeFrame(3, 'message', false, Buffer.alloc(300, 7)),
    ]),
  ),
  Buffer.concat([
    writeGreeting2(5),
    writeFrame(2, 'identity', false, text('name')),
    writeFrame(2, 'message', false, Buffer.alloc(400)),
  ]),
  Buffer.concat([writeFrame(1, 'identity', false, text('name')), writeFrame(1, 'message', false, Buffer.alloc(400))]),
]

/** Random bytes, or what a right peer sends with some of it changed, cut out or repeated. */
export function fuzzedBytes(random: () => number): Buffer {
  const below = (bound: number) => Math.floor(random() * bound)
  if (random() < 0.2) return Buffer.from(Array.from({ length: below(300) }, () => below(256)))
  let bytes = Buffer.from(seeds[below(seeds.length)] ?? [])
  for (let changes = below(6); changes > 0 && bytes.length > 0; changes -= 1) {
    const at = below(bytes.length)
    const end = Math.min(bytes.length, at + below(30))
    const kind = below(4)
    if (kind === 0) bytes[at] = below(256)
    else if (kind === 1) bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8))
    else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)])
    else bytes = Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)])
  }
  return bytes
}

/** Checks what every sink may rely on, and makes one line of each event. Throws where it does not hold. */
class CheckedSink implements ZmtpSink {
  readonly lines: string[] = []
  #left = -1
  #offset = 0
  #greetings = 0
  #pieces = ''

  constructor(private readonly length: number) {}

  greeting(...told: Parameters<ZmtpSink['greeting']>): void {
    this.#greetings += 1
    this.#must(this.#greetings === 1 && this.lines.length === 0, 'one greeting, first of all')
    this.lines.push(JSON.stringify(told))
  }

  frame(...[kind, more, size, offset]: Parameters<ZmtpSink['frame']>): void {
    this.#must(this.#left === -1, 'no frame within a frame')
    this.#must(Number.isSafeInteger(size) && size >= 0, 'a size')
    this.#must(offset >= this.#offset && offset < this.length, 'frames in their order, and inside')
    this.#offset = offset
    this.#left = size
    this.lines.push(`${kind} ${more} ${size} ${offset}`)
  }

  payload(...[chunk, start, end]: Parameters<ZmtpSink['payload']>): void {
    this.#must(start < end && start >= 0 && end <= chunk.length, 'a slice of the chunk')
    this.#left -= end - start
    this.#must(this.#left >= 0, 'no more payload than was said')
    this.#pieces += Buffer.from(chunk.subarray(start, end)).toString('hex')
  }

  frameEnd(): void {
    this.#must(this.#left === 0, 'all of the payload')
    this.#left = -1
    this.lines.push(this.#pieces)
    this.#pieces = ''
  }

  identity(identity: Uint8Array): void {
    this.#must(identity.length <= 255, 'an identity of 255 bytes at most')
    this.lines.push(Buffer.from(identity).toString('hex'))
  }

  command(...told: Parameters<ZmtpSink['command']>): void {
    this.lines.push(JSON.stringify(told))
  }

  violation(...[told]: Parameters<ZmtpSink['violation']>): void {
    this.#must(told.offset >= 0 && told.offset <= this.length, 'a violation inside')
    this.lines.push(JSON.stringify(told))
  }

  #must(holds: boolean, what: string): void {
    if (!holds) throw new Error(`expected ${what}, after ${this.lines.at(-1)}`)
  }
}

function read(bytes: Uint8Array, options: ReaderOptions, size: () => number): readonly string[] {
  const sink = new CheckedSink(bytes.length)
  const reader = new ZmtpReader(sink, options)
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + size())
    reader.read(bytes.subarray(at, end))
    at = end
  }
  return sink.lines
}

const others = [null, -1, 0, 1, 3]

/** One attempt with a seed of its own: reads the bytes whole and in pieces. Throws, with the bytes, where these differ. */
export function fuzzOnce(seed: number): void {
  const random = randomFrom(seed)
  // No Buffer: its slices would be told in another way than copies.
  const bytes = new Uint8Array(fuzzedBytes(random))
  const options = { other: others[Math.floor(random() * others.length)] ?? null, commandBytes: 256 }
  try {
    const whole = read(bytes, options, () => bytes.length)
    const inPieces = read(bytes, options, () => 1 + Math.floor(random() * 20))
    if (whole.join('\n') !== inPieces.join('\n')) throw new Error('pieces give other events')
  } catch (thrown) {
    throw new Error(`seed ${seed}: ${Buffer.from(bytes).toString('hex')}`, { cause: thrown })
  }
}
