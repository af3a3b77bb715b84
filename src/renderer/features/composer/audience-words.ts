import { formatCount } from '../../../shared/format.ts'
import { formatRoutingId } from '../../../shared/session/routing-id.ts'
import type { Audience } from '../../../shared/session/state.ts'

/** As many topics are named. */
const namedTopics = 5

/** A topic, which is text, as a rule. */
const topicName = (digits: string): string => (digits === '' ? 'everything' : formatRoutingId(digits))

/** Who hears what is sent, and how many messages nobody heard; `audience` is null where that is not told. */
export function audienceInWords(audience: Audience | null, unheard: number): string {
  const lost = unheard > 0 ? `${formatCount(unheard)} sent to nobody` : ''
  const sentence = (words: string) => (lost === '' ? words : `${words} ${lost}.`)
  if (audience === null) return sentence('With conflate, a PUB is not told who subscribes.')
  const { subscriptions, topicCount, topics } = audience
  if (subscriptions === 0) return sentence('No subscriber: what is sent goes to nobody.')
  const named = topics.slice(0, namedTopics).map(({ topic }) => topicName(topic))
  const more = topicCount > named.length ? ` and ${formatCount(topicCount - named.length)} more` : ''
  const count = subscriptions === 1 ? '1 subscription' : `${formatCount(subscriptions)} subscriptions`
  // Topics may end with any sign, so no sign of a sentence would set them off.
  return [`${count}: ${named.join(', ')}${more}`, lost].filter(Boolean).join(' · ')
}
