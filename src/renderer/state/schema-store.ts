import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { CodecOptions } from '../../shared/codecs/codec.ts'
import { optionsOf } from '../../shared/codecs/protobuf/options.ts'
import type { ProtobufSchema } from '../../shared/codecs/protobuf/schema.ts'
import { emptySchemaState, type SchemaState } from '../../shared/protobuf-sources.ts'
import { call } from '../api.ts'

interface Schemas {
  readonly state: SchemaState
  readonly schema: ProtobufSchema
}

/** The Protobuf message types as the host last read them. */
export const schemaStore = createStore<Schemas>()(() => ({
  state: emptySchemaState,
  schema: { messages: {}, enums: {} },
}))

export function useSchemas<Part>(select: (schemas: Schemas) => Part): Part {
  return useStore(schemaStore, select)
}

/** What is wrong with a schema; null when all can be read. */
export const schemaProblem = ({ state }: Schemas): string | null =>
  state.sources.find(({ problem }) => problem?.severity === 'error')?.problem?.message ?? null

export const optionsFor = (message: string | null): CodecOptions => optionsOf(schemaStore.getState().schema, message)

/** Takes over the schema state, and fetches the message types when they changed. */
export async function followSchemas(state: SchemaState): Promise<void> {
  const { version } = schemaStore.getState().state
  schemaStore.setState({ state })
  if (state.version !== version) schemaStore.setState({ schema: await call('schema.read') })
}
