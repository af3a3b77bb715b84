import type { LogStatus } from '../../../shared/transcript/status.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'

type Facts = Pick<SocketDraft, 'pattern' | 'subscriptions'>

/** What to do for a message to appear, while there is none. */
function whatToDo({ pattern, subscriptions }: Facts, isOpen: boolean): string {
  const { sends, receives, subscribes } = patternOf(pattern)
  if (!isOpen) return sends ? 'Open the socket, or send a message.' : 'Open the socket to receive messages.'
  // The subscriptions say that there is none.
  if (subscribes !== null && subscriptions.length === 0) return 'No message yet.'
  if (!receives) return 'Nothing sent yet.'
  return sends ? 'No message yet. Send one, or wait for one.' : 'Waiting for a message.'
}

/**
 * What stands in place of a socket's messages while none is in the log. `hadMessages`: whether any went through the
 * socket since it was opened; before that, nobody knows.
 */
export function describeNoMessages(
  socket: Facts,
  isOpen: boolean,
  status: Pick<LogStatus, 'cleared' | 'evicted'> | null,
  hadMessages: boolean,
): string {
  const hasRemoved = status !== null && status.cleared + status.evicted > 0
  if (!hasRemoved) return whatToDo(socket, isOpen)
  if (hadMessages) return 'No message of this socket is in the log any more.'
  return isOpen ? 'No message of this socket is in the log.' : whatToDo(socket, isOpen)
}
