import { FrameDocument } from './document.ts'
import type { DecoderCall, DecoderCallName, FromDecoder, ToDecoder } from './protocol.ts'

/** The frames that are looked at, each by the number that the window gave it. */
const documents = new Map<number, FrameDocument>()

/** A worker's own view of itself; the library of the page describes only windows. */
interface WorkerScope {
  postMessage(message: FromDecoder): void
  addEventListener(type: 'message', listener: (event: { readonly data: ToDecoder }) => void): void
}
declare const self: WorkerScope

async function answer(message: Extract<ToDecoder, { type: 'call' }>): Promise<FromDecoder> {
  const { id, frame } = message
  try {
    const document = documents.get(frame)
    if (!document) throw new Error('The frame is no longer shown.')
    return { type: 'answer', id, value: await ask(document, message) }
  } catch (thrown) {
    return { type: 'failure', id, message: thrown instanceof Error ? thrown.message : String(thrown) }
  }
}

function ask<Name extends DecoderCallName>({ answers }: FrameDocument, { name, input }: DecoderCall<Name>): unknown {
  return answers[name](input)
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
      return
    case 'call':
      void answer(data).then((done) => self.postMessage(done))
  }
})
