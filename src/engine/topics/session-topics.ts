import type { CodecOptions } from '../../shared/codecs/codec.ts'
import { InspectorError } from '../../shared/errors.ts'
import type { TopicOptions } from '../../shared/topics/key.ts'
import type { TopicPage, TopicQuery, TopicStart } from '../../shared/topics/page.ts'
import type { NewRecord } from '../../shared/transcript/record.ts'
import { wallClock } from '../clock.ts'
import type { EngineHost } from '../host.ts'
import type { RecordTap } from '../transcript/record-tap.ts'
import { type Asked, TopicPages } from './topic-page.ts'
import { TopicTree } from './topic-tree.ts'

const isReceived = ({ kind, direction }: NewRecord): boolean => kind === 'message' && direction === 'received'

const keyText = ({ key }: TopicOptions): string => JSON.stringify(key)

/** What is counted while somebody watches. */
interface Watched {
  readonly tree: TopicTree
  readonly pages: TopicPages
  readonly start: TopicStart
}

/** The topics of one session: on only while somebody watches, and of no cost otherwise. */
export class SessionTopics {
  #watched: (Watched & { readonly end: () => void }) | null = null

  constructor(
    private readonly host: Pick<EngineHost, 'recentOf'>,
    private readonly tap: RecordTap,
    private readonly session: string,
  ) {}

  /**
   * Counts from the newest records on. With the key it has already, it keeps what it has, and only divides topics anew.
   * `decoding`: the options of the key's encoding. Throws `InspectorError` for a path that is none.
   */
  watch(options: TopicOptions, decoding: CodecOptions = {}): TopicStart {
    if (this.#watched && keyText(this.#watched.tree.options) === keyText(options)) {
      this.#watched.tree.divide(options.separator)
      return this.#watched.start
    }
    const tree = new TopicTree(options, decoding)
    let since = wallClock()
    let earlier = 0
    for (const { record, number } of this.host.recentOf(this.session)) {
      if (!isReceived(record)) continue
      if (earlier === 0) since = record.at
      earlier += 1
      tree.add(record, number)
    }
    this.stop()
    const end = this.tap.listen((record, number) => {
      if (isReceived(record)) tree.add(record, number)
    })
    this.#watched = { tree, pages: new TopicPages(tree), start: { earlier, since }, end }
    return this.#watched.start
  }

  /** Throws `InspectorError` (`wrong-state`) while nobody watches. */
  page(query: TopicQuery, asked: Asked): TopicPage | null {
    return this.#require().page(query, asked)
  }

  /** The nodes to open below one. Throws as `page` does. */
  expand(parent: number, filter: string, limit: number): readonly number[] {
    return this.#require().expand(parent, filter, limit)
  }

  /** Forgets all topics. */
  stop(): void {
    this.#watched?.end()
    this.#watched = null
  }

  #require(): TopicPages {
    if (this.#watched) return this.#watched.pages
    throw new InspectorError('wrong-state', 'The topics of this socket are not watched.')
  }
}
