import { optionsOf } from '../../shared/codecs/protobuf/options.ts'
import type { KnownView } from '../../shared/transcript/search/structure.ts'
import type { FrameView, LogViews, SessionViews } from './protocol.ts'
import type { Common } from './rows.ts'

/** What is known of the sockets of a log: how their frames are shown, and what they are called. */
export class KnownSockets {
  constructor(private readonly views: LogViews = { sessions: {}, schema: { messages: {}, enums: {} } }) {}

  /** How the frames of a message are known to be encoded, by position; null where unknown. */
  viewsOf({ session, direction }: Pick<Common, 'session' | 'direction'>): readonly (KnownView | null)[] {
    const { sessions } = this.views
    const known = Object.hasOwn(sessions, session) ? sessions[session] : undefined
    const views = (direction === 'sent' ? known?.sent : known?.received) ?? []
    return views.map((view) => (view === null ? null : this.#withOptions(view)))
  }

  /** The sessions whose names have this text, in any case. */
  named(text: string): readonly string[] {
    const wanted = text.toLowerCase()
    return this.#sessionsThat(({ name = '' }) => name.toLowerCase().includes(wanted))
  }

  /** The sessions whose frames do not have the names of their values in their bytes. */
  get nameless(): readonly string[] {
    return this.#sessionsThat(({ sent, received }) =>
      [...sent, ...received].some((view) => view?.encoding === 'protobuf'),
    )
  }

  #sessionsThat(isWanted: (views: SessionViews) => boolean): readonly string[] {
    return Object.entries(this.views.sessions).flatMap(([session, views]) => (isWanted(views) ? [session] : []))
  }

  #withOptions({ encoding, message }: FrameView): KnownView {
    return { encoding, options: optionsOf(this.views.schema, message) }
  }
}
