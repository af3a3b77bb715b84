import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import {
  isSameTopic,
  problemWithGroup,
  problemWithTopic,
  type Topic,
  topicEncodings,
} from '../../../shared/session/topic.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { subscribe } from '../../state/actions.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import { Heading } from '../../ui/heading.tsx'
import classes from './subscriptions.module.css'

const encodings = topicEncodings.map((value) => ({ value, label: value === 'text' ? 'Text' : 'Hex' }))

/** As people call it. The empty topic is the start of every message. */
const nameOf = ({ encoding, text }: Topic): string =>
  text === '' ? 'everything' : encoding === 'hex' ? `hex ${text}` : text

/** What a SUB or XSUB subscribes to. Changes take effect at once. */
export function Subscriptions() {
  const draft = useActiveDraft()
  const { subscriptions } = draft
  const [topic, setTopic] = useState<Topic>({ encoding: 'text', text: '' })
  const joins = patternOf(draft.pattern).subscribes === 'by-joining'
  const found = joins ? problemWithGroup(topic) : problemWithTopic(topic)
  // Nothing is wrong with what was not begun yet.
  const problem = joins && topic.text === '' ? null : found
  const isThere = found === null && subscriptions.some((each) => isSameTopic(each, topic))
  return (
    <section aria-label="Subscription settings" className={classes.subscriptions}>
      <Heading>Subscriptions</Heading>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (found !== null || isThere) return
          void subscribe(draft.id, (before) => [...before, topic])
          setTopic({ ...topic, text: '' })
        }}
      >
        <NativeSelect
          aria-label="Encoding of the new subscription"
          data={encodings}
          value={topic.encoding}
          w={76}
          onChange={(event) => setTopic({ ...topic, encoding: event.currentTarget.value === 'hex' ? 'hex' : 'text' })}
        />
        <TextInput
          aria-label="New subscription"
          className={classes.topic}
          classNames={{ input: 'bytes' }}
          placeholder={joins ? 'The name of a group' : 'Messages begin with…'}
          value={topic.text}
          error={problem}
          maxLength={1024}
          spellCheck={false}
          title={
            joins ? 'Receive the messages of this group.' : 'Receive messages that begin with this. Empty: everything.'
          }
          onChange={(event) => setTopic({ ...topic, text: event.currentTarget.value })}
        />
        <Button type="submit" variant="default" disabled={found !== null || isThere}>
          Subscribe
        </Button>
      </form>
      {subscriptions.length === 0 ? (
        <p className={classes.warning}>No subscription: this socket receives nothing.</p>
      ) : null}
      <ul aria-label="Subscriptions" className={classes.list}>
        {subscriptions.map((each) => (
          <li key={`${each.encoding} ${each.text}`} className={classes.item}>
            <span className={each.text === '' ? classes.everything : 'bytes'}>{nameOf(each)}</span>
            <CloseButton
              size="sm"
              aria-label={`Remove the subscription to ${nameOf(each)}`}
              onClick={() => void subscribe(draft.id, (before) => before.filter((other) => !isSameTopic(other, each)))}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
