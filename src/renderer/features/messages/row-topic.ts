import type { Topic } from '../../../shared/session/topic.ts'
import type { RecordRow } from '../../../shared/transcript/record.ts'

type PreviewedRow = Pick<RecordRow, 'frameCount' | 'preview'>

/** Between the frames of a preview. */
const betweenFrames = ' | '

/**
 * The topic of a message, from its preview: its first frame where it has several, or else the longest subscription that
 * it begins with. Of a topic that fills the preview, its beginning, with `…`.
 */
export function topicOf({ frameCount, preview }: PreviewedRow, topics: readonly Topic[]): string {
  if (frameCount > 1) {
    const end = preview.indexOf(betweenFrames)
    return end < 0 ? preview : preview.slice(0, end)
  }
  const matching = topics.filter(({ encoding, text }) => encoding === 'text' && preview.startsWith(text))
  return matching.reduce((longest, { text }) => (text.length > longest.length ? text : longest), '')
}

/** The preview of a message without its topic; `…` where that has filled it. */
export function previewWithoutTopic({ frameCount, preview }: PreviewedRow): string {
  if (frameCount < 2) return preview
  const end = preview.indexOf(betweenFrames)
  return end < 0 ? '…' : preview.slice(end + betweenFrames.length)
}
