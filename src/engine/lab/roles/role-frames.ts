import {
  type FromLead,
  type FromWorker,
  fromLeadSchema,
  fromWorkerSchema,
  rolesPrefix,
} from '../../../shared/lab/roles.ts'
import { reasonOf } from '../../../shared/reason.ts'
import type { z } from '../../../shared/schema.ts'

/** A message as its two frames. */
export const roleFrames = (message: FromWorker | FromLead): Uint8Array[] => [
  new TextEncoder().encode(rolesPrefix),
  new TextEncoder().encode(JSON.stringify(message)),
]

/** What came, or why it is none of these messages, as words that follow “it”. */
export type Read<Message> =
  | { readonly message: Message; readonly wrong: null }
  | { readonly message: null; readonly wrong: string }

function readRole<Message>(frames: readonly Uint8Array[], schema: z.ZodType<Message>): Read<Message> {
  const [prefix, body] = frames
  const said = new TextDecoder().decode(prefix?.subarray(0, 64))
  if (said !== rolesPrefix) {
    const other = /^zmq-inspector-lab\/(\d+)$/.exec(said)?.[1]
    return { message: null, wrong: other === undefined ? 'speaks something else' : `speaks version ${other}, not 1` }
  }
  if (body === undefined || frames.length !== 2) {
    return { message: null, wrong: `sent a message of ${frames.length} frames rather than 2` }
  }
  try {
    return { message: schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))), wrong: null }
  } catch (thrown) {
    return { message: null, wrong: `sent a message that cannot be read: ${reasonOf(thrown)}` }
  }
}

export const readFromWorker = (frames: readonly Uint8Array[]): Read<FromWorker> => readRole(frames, fromWorkerSchema)
export const readFromLead = (frames: readonly Uint8Array[]): Read<FromLead> => readRole(frames, fromLeadSchema)
