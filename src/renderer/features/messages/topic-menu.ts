import { IconBroadcast, IconCopy, IconFilter, IconSend } from '@tabler/icons-react'
import type { TopicRow } from '../../../shared/topics/page.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { call } from '../../api.ts'
import { subscribe } from '../../state/actions.ts'
import { askForFocus } from '../../state/focus.ts'
import { updateFrame } from '../../state/workspace-reducers.ts'
import { applyStep } from '../../state/workspace-store.ts'
import type { MenuContent } from '../../ui/menu-entries.ts'

/** What can be done with a topic. */
export function topicMenu(draft: SocketDraft, { topic }: TopicRow, showInList: () => void): MenuContent {
  const { subscribes, sends } = patternOf(draft.pattern)
  const [first] = draft.frames
  return [
    { label: 'Show its messages in the list', icon: IconFilter, onSelect: showInList },
    subscribes !== null && {
      label: 'Subscribe to this only',
      icon: IconBroadcast,
      onSelect: () => subscribe(draft.id, () => [topic]),
    },
    sends &&
      first !== undefined && {
        label: 'Send to this topic',
        icon: IconSend,
        onSelect: () => {
          const { encoding, text } = topic
          applyStep(updateFrame(draft.id, first.id, { encoding, text, attachment: null }))
          askForFocus('request')
        },
      },
    'divider',
    { label: 'Copy topic', icon: IconCopy, onSelect: () => call('clipboard.write', { text: topic.text }) },
  ]
}
