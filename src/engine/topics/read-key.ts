import type { CodecOptions } from '../../shared/codecs/index.ts'
import { nodeAs } from '../../shared/codecs/node-as.ts'
import type { Frame } from '../../shared/message.ts'
import type { TopicKey } from '../../shared/topics/key.ts'
import type { NewRecord } from '../../shared/transcript/record.ts'
import { nodeReader } from '../values/read-value.ts'

/** What of a record a key is read from. */
export type KeyedRecord = Pick<NewRecord, 'frames' | 'envelope'>

/** The bytes of the key of a message; undefined when it has none. */
export type ReadKey = (record: KeyedRecord) => Frame | undefined

/** How the key of a message is read. `options` are those of the key's encoding. Throws `InspectorError` for a wrong path. */
export function readerOf(key: TopicKey, options: CodecOptions): ReadKey {
  switch (key.by) {
    case 'frame':
      return ({ frames, envelope }) => frames[envelope + key.frame]
    case 'peer':
      return ({ frames, envelope }) => (envelope === 0 ? undefined : frames[0])
    case 'path': {
      const nodesOf = nodeReader(key, options)
      return (record) => {
        const nodes = nodesOf(record)
        return nodes && Buffer.from(nodeAs(nodes, 'value'))
      }
    }
  }
}
