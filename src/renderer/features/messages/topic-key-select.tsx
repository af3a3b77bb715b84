import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { viewIds } from '../../../shared/codecs/codec.ts'
import { viewFacts } from '../../../shared/codecs/facts.ts'
import { isPath } from '../../../shared/codecs/tree-path.ts'
import { lastKeyFrame, suggestedSeparator, type TopicKey } from '../../../shared/topics/key.ts'
import { separators } from '../../../shared/topics/separator.ts'
import { type PatternId, patternOf } from '../../../shared/zmq/patterns.ts'
import { setTopicsView, type TopicsView } from '../../state/topic-views.ts'

/** Places of frames that are offered as keys. */
const framesOffered = 4

const nameOf = (key: TopicKey): string => (key.by === 'frame' ? `frame ${key.frame}` : key.by)

type PathKey = Extract<TopicKey, { readonly by: 'path' }>

/** Encodings whose values have paths. */
const structured = viewIds.filter((id) => viewFacts[id].hasTree)

interface PathFieldsProps {
  readonly topicKey: PathKey
  readonly onChange: (key: PathKey) => void
}

/** Where in a message the value is that is its topic. */
function PathFields({ topicKey, onChange }: PathFieldsProps) {
  const [path, setPath] = useState(topicKey.path)
  const isWrong = !isPath(path)
  const take = () => {
    if (!isWrong && path !== topicKey.path) onChange({ ...topicKey, path })
  }
  return (
    <>
      <NumberInput
        aria-label="Frame of the topic"
        title="The frame, counted from 1"
        w={92}
        prefix="Frame "
        min={1}
        max={lastKeyFrame + 1}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="blur"
        value={topicKey.frame + 1}
        onChange={(value) => {
          if (typeof value === 'number' && value >= 1 && value <= lastKeyFrame + 1)
            onChange({ ...topicKey, frame: value - 1 })
        }}
      />
      <NativeSelect
        aria-label="Encoding of the topic"
        w={116}
        data={structured.map((id) => ({ value: id, label: viewFacts[id].label }))}
        value={topicKey.encoding}
        onChange={(event) => {
          const encoding = structured.find((id) => id === event.currentTarget.value)
          if (encoding) onChange({ ...topicKey, encoding })
        }}
      />
      <TextInput
        aria-label="Path of the topic"
        title={isWrong ? 'Write a path, such as $.header["type"]' : 'The path of the value, such as $.type'}
        w={132}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={path}
        error={isWrong}
        onChange={(event) => setPath(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={({ key }) => {
          if (key === 'Enter') take()
        }}
      />
    </>
  )
}

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
  // Behind the frame that is the topic for ZeroMQ.
  const firstFrame = patternOf(pattern).group === 'Publish and subscribe' ? 1 : 0
  const setKey = (key: TopicKey) => setTopicsView(socket, { key, opened: new Set(), selected: null })
  return (
    <>
      <NativeSelect
        aria-label="What is the topic"
        w={108}
        data={[
          ...keys.map((key) => ({
            value: nameOf(key),
            label: key.by === 'frame' ? `Frame ${key.frame + 1}` : 'Routing id',
          })),
          { value: 'path', label: 'A value' },
        ]}
        value={nameOf(topicKey)}
        onChange={(event) => {
          const { value } = event.currentTarget
          const key = keys.find((each) => nameOf(each) === value)
          if (key) setKey(key)
          else if (topicKey.by !== 'path')
            setKey({ by: 'path', frame: firstFrame, encoding: 'json', message: null, path: '$' })
        }}
      />
      {topicKey.by === 'path' ? <PathFields key={socket} topicKey={topicKey} onChange={setKey} /> : null}
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
