import { type PreviewView, previewFrames } from '../../shared/codecs/preview.ts'
import { optionsOf } from '../../shared/codecs/protobuf/options.ts'
import type { Frame } from '../../shared/message.ts'
import type { FrameView, LogViews } from './protocol.ts'
import type { Common } from './rows.ts'

/** Makes message previews, with each frame in its chosen view. */
export class LogPreviews {
  constructor(private readonly views: LogViews) {}

  /** `without`: the place of a frame that is left out; -1 for none. */
  of({ session, direction }: Pick<Common, 'session' | 'direction'>, frames: readonly Frame[], without = -1): string {
    const { sessions } = this.views
    const known = Object.hasOwn(sessions, session) ? sessions[session] : undefined
    const views = direction === 'sent' ? known?.sent : known?.received
    const isShown = (_: unknown, place: number) => place !== without
    return previewFrames(
      without < 0 ? frames : frames.filter(isShown),
      (without < 0 ? views : views?.filter(isShown))?.map((view) => this.#withOptions(view)),
    )
  }

  #withOptions(view: FrameView | null): PreviewView {
    if (view === null) return { encoding: 'text', options: {} }
    return { encoding: view.encoding, options: optionsOf(this.views.schema, view.message) }
  }
}
