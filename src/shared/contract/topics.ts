import { z } from '../schema.ts'
import { topicOptionsSchema } from '../topics/key-schema.ts'
import { mostOpened, mostParts, mostRows, type TopicPage, type TopicStart, topicSorts } from '../topics/page.ts'
import { command } from './command.ts'

const sessionId = z.string().min(1).max(64)
const node = z.number().int().min(0)
const filter = z.string().max(1024)

/** What a session receives, sorted into topics. It costs nothing while nobody watches. */
export const topicCommands = {
  /**
   * Counts what the session receives by topics, and what it has received of late. The same key with another separator
   * goes on with the counts it has; another key begins anew. Ends when the session is removed.
   */
  'topics.watch': command<TopicStart>()(z.object({ sessionId, ...topicOptionsSchema.shape })),
  /** Parts of the tree; null when nothing changed since the version that is `known`. Throws `wrong-state` unwatched. */
  'topics.page': command<TopicPage | null>()(
    z.object({
      sessionId,
      sort: z.enum(topicSorts),
      descending: z.boolean(),
      filter,
      parts: z
        .array(z.object({ parent: node, offset: node, limit: z.number().int().min(1).max(mostRows) }))
        .max(mostParts)
        .readonly(),
      known: z.number().int().nullable(),
    }),
  ),
  /** The nodes to open so that all below a node is seen, those near it first, and no more than `limit`. */
  'topics.expand': command<readonly number[]>()(
    z.object({ sessionId, parent: node, filter, limit: z.number().int().min(1).max(mostOpened) }),
  ),
  'topics.stop': command<void>()(z.object({ sessionId })),
}
