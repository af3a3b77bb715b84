import { type PreviewView, previewFrames } from '../../shared/codecs/preview.ts'
import { optionsOf } from '../../shared/codecs/protobuf/options.ts'
import type { Frame } from '../../shared/message.ts'
import type { FrameView, LogViews } from './protocol.ts'
import type { Common } from './rows.ts'

/** Makes message previews, with each frame in its chosen view. */
export class LogPreviews {
  constructor(private readonly views: LogViews) {}

  of({ session, direction }: Pick<Common, 'session' | 'direction'>, frames: readonly Frame[]): string {
    const { sessions } = this.views
    const known = Object.hasOwn(sessions, session) ? sessions[session] : undefined
    const views = direction === 'sent' ? known?.sent : known?.received
    return previewFrames(
      frames,
      views?.map((view) => this.#withOptions(view)),
    )
  }

  #withOptions(view: FrameView | null): PreviewView {
    if (view === null) return { encoding: 'text', options: {} }
    return { encoding: view.encoding, options: optionsOf(this.views.schema, view.message) }
  }
}
