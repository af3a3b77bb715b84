import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { PlotSeries } from '../../../shared/series/series.ts'
import type { Topic } from '../../../shared/session/topic.ts'
import type { LogFilter } from '../../../shared/transcript/query.ts'
import { setLogFilter } from '../../state/log-views.ts'

/** A topic as lists are searched for it. */
export const searchedTopic = ({ encoding, text }: Topic): string => (encoding === 'hex' ? `h'${text}'` : text)

/** What topics begin with that a socket's messages are filtered to; null for all. */
export const topicFilterOf = ({ part, text }: LogFilter): string | null =>
  part === 'topic' && text !== '' ? text : null

/** Whether a series is of a topic that begins so, or of no topic of this socket at all. */
export const isOfTopic = (only: string | null, socket: string, { session, match }: PlotSeries): boolean =>
  only === null || session !== socket || match === null || searchedTopic(match.topic).startsWith(only)

interface TopicFilterProps {
  readonly only: string
  /** The view whose filter it is. */
  readonly label: string
  readonly filter: LogFilter
}

/** Says which topics are shown, and shows all again. */
export function TopicFilter({ only, label, filter }: TopicFilterProps) {
  return (
    <Button
      variant="light"
      maw={180}
      title={`Only topics that begin with ${only}. Press to show all.`}
      aria-label={`Show all topics, not only ${only}`}
      rightSection={<IconX size={14} />}
      onClick={() => setLogFilter(label, { ...filter, part: undefined, text: '' })}
    >
      {only}
    </Button>
  )
}
