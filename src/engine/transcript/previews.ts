import { type PreviewView, previewFrames } from '../../shared/codecs/preview.ts'
import type { Frame } from '../../shared/message.ts'
import type { Common } from './rows.ts'
import type { KnownSockets } from './views.ts'

const asText: PreviewView = { encoding: 'text', options: {} }

/** Makes message previews, with each frame in its chosen view. */
export class LogPreviews {
  constructor(private readonly sockets: KnownSockets) {}

  /** `without`: the place of a frame that is left out; -1 for none. */
  of(common: Pick<Common, 'session' | 'direction'>, frames: readonly Frame[], without = -1): string {
    const isShown = (_: unknown, place: number) => place !== without
    const views = this.sockets.viewsOf(common).map((view) => view ?? asText)
    return without < 0 ? previewFrames(frames, views) : previewFrames(frames.filter(isShown), views.filter(isShown))
  }
}
