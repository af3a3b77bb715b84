import { compactHex } from '../codecs/hex.ts'
import { hiddenCharacters, makeVisible } from '../codecs/preview-frame.ts'
import { plainText } from '../plain-text.ts'
import { maximumTopicBytes, type Topic } from '../session/topic.ts'

/** The bytes of a key that make its topic. Longer ones count as one topic with all that begin so. */
export const maximumKeyBytes = maximumTopicBytes

/** A last character of UTF-8 that was cut, at most three bytes of it. */
const cutBytes = 3

/** The topic as people read and write it: UTF-8 without control characters as text, all else as hex digits. */
export function topicOf(bytes: Uint8Array): Topic {
  const text = plainText(bytes)
  if (text !== undefined) return { encoding: 'text', text }
  for (let end = bytes.length - 1; bytes.length === maximumKeyBytes && end >= bytes.length - cutBytes; end -= 1) {
    const whole = plainText(bytes.subarray(0, end))
    if (whole !== undefined) return { encoding: 'text', text: whole }
  }
  return { encoding: 'hex', text: compactHex(bytes) }
}

/** A topic, or a part of one, on one line, with all that is in it; an empty one can be seen, too. */
export const shownTopic = ({ encoding, text }: Topic): string =>
  encoding === 'hex' ? `h'${text}'` : text === '' ? '(empty)' : text.replace(hiddenCharacters, makeVisible)

/** The levels of a topic; one where it has none. Beyond `most`, the rest is one level. Bytes that are no text have one. */
export function levelsOf({ encoding, text }: Topic, separator: string | null, most: number): readonly string[] {
  if (encoding === 'hex' || separator === null) return [text]
  const parts = text.split(separator)
  return parts.length <= most ? parts : [...parts.slice(0, most - 1), parts.slice(most - 1).join(separator)]
}
