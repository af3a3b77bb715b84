import { NativeSelect } from '@mantine/core'
import { suggestedSeparator, type TopicKey } from '../../../shared/topics/key.ts'
import { separators } from '../../../shared/topics/separator.ts'
import { type PatternId, patternOf } from '../../../shared/zmq/patterns.ts'
import { setTopicsView, type TopicsView } from '../../state/topic-views.ts'

/** Places of frames that are offered as keys. */
const framesOffered = 4

const nameOf = (key: TopicKey): string => (key.by === 'frame' ? `frame ${key.frame}` : key.by)

interface TopicKeySelectProps {
  readonly socket: string
  readonly pattern: PatternId
  readonly topicKey: TopicKey
  readonly view: TopicsView
  /** The separator that is in use; null for none. */
  readonly used: string | null
}

/** What a topic is here, and what divides it into levels. */
export function TopicKeySelect({ socket, pattern, topicKey, view, used }: TopicKeySelectProps) {
  const frames = Array.from({ length: framesOffered }, (_, frame) => ({ by: 'frame', frame }) as const)
  const keys: readonly TopicKey[] = patternOf(pattern).envelope === 'peer' ? [...frames, { by: 'peer' }] : frames
  const separatorValue = view.separator ?? ''
  return (
    <>
      <NativeSelect
        aria-label="What is the topic"
        w={108}
        data={keys.map((key) => ({
          value: nameOf(key),
          label: key.by === 'frame' ? `Frame ${key.frame + 1}` : 'Routing id',
        }))}
        value={nameOf(topicKey)}
        onChange={(event) => {
          const key = keys.find((each) => nameOf(each) === event.currentTarget.value)
          if (key) setTopicsView(socket, { key, opened: new Set(), selected: null })
        }}
      />
      <NativeSelect
        aria-label="Separator of levels"
        w={104}
        data={[
          {
            value: suggestedSeparator,
            label: view.separator === suggestedSeparator && used !== null ? `By ${used}` : 'Levels',
          },
          ...separators.map((value) => ({ value, label: `By ${value}` })),
          { value: '', label: 'No levels' },
        ]}
        value={separatorValue}
        onChange={(event) => {
          const separator = event.currentTarget.value
          setTopicsView(socket, { separator: separator === '' ? null : separator, opened: new Set(), selected: null })
        }}
      />
    </>
  )
}
