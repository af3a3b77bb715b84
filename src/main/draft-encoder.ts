import { Worker } from 'node:worker_threads'
import { CodecError, type CodecOptions, type EncodingId } from '../shared/codecs/codec.ts'
import { encodingFacts } from '../shared/codecs/facts.ts'
import { optionsOf } from '../shared/codecs/protobuf/options.ts'
import { InspectorError } from '../shared/errors.ts'
import type { Frame } from '../shared/message.ts'
import { explanationOf } from '../shared/reason.ts'
import { encodeFrame, framesOf, type MessageSources } from '../shared/request/encode-message.ts'
import type { DraftFrame, MessageDraft } from '../shared/workspace.ts'

/** A text to encode on a thread. */
export interface LongText {
  readonly encoding: EncodingId
  readonly text: string
  readonly options: CodecOptions
}

/** The bytes of a text, or what is wrong with it, as `CodecError` says it. */
export type EncodedText =
  | { readonly ok: true; readonly bytes: Frame }
  | { readonly ok: false; readonly message: string; readonly offset: number; readonly length: number }

/** What the thread made of all its texts, in their order. */
export interface EncodedTexts {
  readonly texts: readonly EncodedText[]
  /** Without the start of the thread, in nanoseconds. */
  readonly encodeNs: number
}

/** A message that can be sent. */
export interface EncodedDraft {
  readonly frames: readonly Frame[]
  /** How long encoding took, in nanoseconds. */
  readonly encodeNs: number
}

/** Texts above this length, in UTF-16 units, take so long that round trips would be late. A million takes about 80 ms. */
const longLength = 1_000_000

/** The plain encodings take a few milliseconds, whatever the length. */
const isLong = ({ text, encoding, attachment }: DraftFrame, limit: number): boolean =>
  !attachment && text.length > limit && encodingFacts[encoding].hasTree

function frameOf(encoded: EncodedText): Frame {
  if (encoded.ok) return encoded.bytes
  throw new CodecError('encode-failed', encoded.message, encoded.offset, encoded.length)
}

/** Encodes drafts. Long texts are encoded on a thread of their own, so that they hold up nobody's round trip. */
export class DraftEncoder {
  readonly #threads = new Set<Worker>()

  /** `worker` is the built encode-worker module; `sources` gives what drafts need now. */
  constructor(
    private readonly worker: URL,
    private readonly sources: () => MessageSources,
    private readonly limit: number = longLength,
  ) {}

  /**
   * Encodes a message, with the sources of this moment: at once without long texts. Throws or rejects with
   * `InspectorError` as `encodeMessage` does; `cancelled` when the encoder is disposed of meanwhile, and `internal` when
   * the thread fails.
   */
  encode(message: MessageDraft): EncodedDraft | Promise<EncodedDraft> {
    const { schema, attachment } = this.sources()
    const long = message.flatMap((frame, index) => (isLong(frame, this.limit) ? [{ frame, index }] : []))
    if (long.length === 0) return encoded(message, { schema, attachment }, new Map(), 0)
    // Files are taken now: the frame may have another one, or none, when the thread is done.
    const files = new Map(message.flatMap(({ id, attachment: has }) => (has ? [[id, attachment(id)]] : [])))
    const texts = long.map(({ frame: { encoding, text, message: type } }) => ({
      encoding,
      text,
      options: encodingFacts[encoding].takesMessage ? optionsOf(schema, type) : {},
    }))
    return this.#onThread(texts).then((result) => {
      const done = new Map(result.texts.map((each, nth) => [long[nth]?.index ?? 0, each]))
      return encoded(message, { schema, attachment: (id) => files.get(id) }, done, result.encodeNs)
    })
  }

  /** Ends the threads; what they were encoding rejects. */
  dispose(): void {
    for (const thread of this.#threads) void thread.terminate()
  }

  async #onThread(texts: readonly LongText[]): Promise<EncodedTexts> {
    const thread = new Worker(this.worker, { workerData: texts })
    this.#threads.add(thread)
    try {
      return await new Promise<EncodedTexts>((resolve, reject) => {
        thread.on('message', resolve)
        thread.on('error', (error) =>
          reject(new InspectorError('internal', `The message could not be encoded: ${explanationOf(error)}`)),
        )
        thread.on('exit', () => reject(new InspectorError('cancelled', 'Encoding the message was stopped.')))
      })
    } finally {
      this.#threads.delete(thread)
      void thread.terminate()
    }
  }
}

/** Puts the message together from what a thread has encoded, by index, and what is encoded here. */
function encoded(
  message: MessageDraft,
  sources: MessageSources,
  done: ReadonlyMap<number, EncodedText>,
  threadNs: number,
): EncodedDraft {
  const start = performance.now()
  const frames = framesOf(message, (frame, index) => {
    const text = done.get(index)
    return text ? frameOf(text) : encodeFrame(frame, sources)
  })
  return { frames, encodeNs: threadNs + (performance.now() - start) * 1e6 }
}
