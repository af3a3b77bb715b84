import type { CodecOptions } from '../codec.ts'
import type { ProtobufSchema } from './schema.ts'

const noOptions: CodecOptions = {}

/** The codec options for a Protobuf message type; an unknown type counts as none. */
export function optionsOf(schema: ProtobufSchema, message: string | null): CodecOptions {
  return message !== null && Object.hasOwn(schema.messages, message)
    ? { message: { schema, name: message } }
    : noOptions
}
