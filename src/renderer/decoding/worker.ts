import { reasonOf } from '../../shared/reason.ts'
import type { AnyDecoderCall, DecoderCall, DecoderCallName, FromDecoder, ToDecoder } from './decoder-calls.ts'
import { TimedOpening } from './decoding-time.ts'
import { FrameDocument } from './document.ts'

/** The open frames, by the number that the window gave each. */
const documents = new Map<number, FrameDocument>()
const opening = new TimedOpening()
/** The tail of each frame's queue: opening a layer takes a while, and calls must run in order. */
const queues = new Map<number, Promise<void>>()

/** A worker's global scope; the page's DOM library declares only windows. */
interface WorkerScope {
  postMessage(message: FromDecoder): void
  addEventListener(type: 'message', listener: (event: { readonly data: ToDecoder }) => void): void
}
declare const self: WorkerScope

async function answer(message: AnyDecoderCall): Promise<FromDecoder> {
  const { id, frame } = message
  try {
    // Let a `dispose` that is already queued take effect before opening.
    if (message.name === 'open') await new Promise<void>((resolve) => setTimeout(resolve))
    const document = documents.get(frame)
    if (!document) throw new Error('The frame is no longer shown.')
    const value = await (message.name === 'open' ? opening.open(document, message.input) : ask(document, message))
    return { type: 'answer', id, value }
  } catch (thrown) {
    return { type: 'failure', id, message: reasonOf(thrown) }
  }
}

function ask<Name extends DecoderCallName>({ answers }: FrameDocument, { name, input }: DecoderCall<Name>): unknown {
  return answers[name](input)
}

async function tellAnswer(call: AnyDecoderCall): Promise<void> {
  const done = await answer(call)
  try {
    self.postMessage(done)
  } catch (thrown) {
    // An answer that is too large to post must not leave the window waiting.
    const message = reasonOf(thrown)
    self.postMessage({ type: 'failure', id: call.id, message })
  }
}

self.addEventListener('message', ({ data }) => {
  switch (data.type) {
    case 'load':
      documents.set(
        data.frame,
        new FrameDocument(data.bytes, data.like === null ? undefined : documents.get(data.like)),
      )
      return
    case 'drop':
      documents.delete(data.frame)
      queues.delete(data.frame)
      return
    case 'call':
      queues.set(
        data.frame,
        (queues.get(data.frame) ?? Promise.resolve()).then(() => tellAnswer(data)),
      )
  }
})
