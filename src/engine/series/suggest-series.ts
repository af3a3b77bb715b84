import { type CodecOptions, type TreeNode, type ViewId, viewOf } from '../../shared/codecs/index.ts'
import { nodeAs } from '../../shared/codecs/node-as.ts'
import type { SeriesSuggestions } from '../../shared/series/page.ts'
import type { SeriesSpec } from '../../shared/series/series.ts'
import type { Topic } from '../../shared/session/topic.ts'
import { maximumTopicBytes } from '../../shared/session/topic.ts'
import { topicOf } from '../../shared/topics/topic-text.ts'
import { numberOf } from '../../shared/values/value.ts'
import type { NumberedRecord } from '../transcript/recent-records.ts'
import { valueOfNode } from '../values/node-value.ts'
import { mostDecodedBytes } from '../values/read-value.ts'

/** Messages that are looked at, of the newest. */
const lookedAt = 20
const mostSuggested = 200

export interface SuggestionRequest extends Pick<SeriesSpec, 'session' | 'direction'> {
  readonly frame: number
  readonly encoding: ViewId
  readonly options: CodecOptions
}

/** The paths of the numbers in a tree, and of lists of them. Not recursive: trees may be deep. */
function* pathsIn(root: TreeNode, frame: Uint8Array): Generator<string> {
  const waiting: (readonly TreeNode[])[] = [[root]]
  for (let nodes = waiting.pop(); nodes; nodes = waiting.pop()) {
    const node = nodes.at(-1)
    const value = node && valueOfNode(node, frame)
    if (value !== undefined && (value instanceof Float64Array ? value.length > 1 : numberOf(value) !== undefined)) {
      yield nodeAs(nodes, 'path')
    }
    for (const child of [...(node?.children ?? [])].reverse()) waiting.push([...nodes, child])
  }
}

/** What numbers and topics the newest messages have. */
export function suggestSeries(
  recent: readonly NumberedRecord[],
  { direction, frame, encoding, options }: SuggestionRequest,
): SeriesSuggestions {
  const paths = new Set<string>()
  const topics = new Map<string, Topic>()
  const messages = recent.filter(({ record }) => record.kind === 'message' && record.direction === direction)
  for (const { record } of messages.slice(-lookedAt).reverse()) {
    const [first] = record.frames.slice(record.envelope)
    if (first && first.byteLength <= maximumTopicBytes) {
      const topic = topicOf(first)
      topics.set(`${topic.encoding} ${topic.text}`, topic)
    }
    const bytes = record.frames[record.envelope + frame]
    if (!bytes || bytes.byteLength > mostDecodedBytes) continue
    const root = viewOf(encoding).read?.(bytes, options).root
    if (!root) continue
    for (const path of pathsIn(root, bytes)) {
      if (paths.size >= mostSuggested) break
      paths.add(path)
    }
  }
  return { paths: [...paths], topics: [...topics.values()] }
}
