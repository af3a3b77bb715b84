import { TextInput } from '@mantine/core'
import { InspectorError } from '../../../shared/errors.ts'
import { formatClock, formatCount } from '../../../shared/format.ts'
import { formatRoutingId, parseRoutingId } from '../../../shared/session/routing-id.ts'
import type { Peer } from '../../../shared/session/state.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { useSessions } from '../../state/session-store.ts'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep } from '../../state/workspace-store.ts'
import classes from './composer.module.css'

const noPeers: readonly Peer[] = []

/** What a text that is no routing id ought to be; null when it is one, or when nothing was written yet. */
function problemWith(text: string): string | null {
  if (text === '') return null
  try {
    parseRoutingId(text)
    return null
  } catch (thrown) {
    if (thrown instanceof InspectorError) return thrown.message
    throw thrown
  }
}

const describe = ({ lastSeen, received, sent, delimiter, gone }: Peer): string =>
  [
    gone ? 'Gone' : `Last seen ${formatClock(lastSeen).slice(0, 8)}`,
    `${formatCount(received)} received`,
    `${formatCount(sent)} sent`,
    ...(delimiter ? ['with delimiter'] : []),
  ].join(' · ')

/** The peer that the message goes to: one of those seen, or another that is typed. */
export function PeerInput({ draft }: { readonly draft: SocketDraft }) {
  const peers = useSessions(({ sessions }) => sessions[draft.id]?.peers?.newest ?? noPeers)
  const list = `peers-${draft.id}`
  const newest = peers.find(({ gone }) => !gone)
  const chosen = draft.peer === '' ? newest : peers.find(({ routingId }) => formatRoutingId(routingId) === draft.peer)
  return (
    <div className={classes.peer}>
      <TextInput
        label="Send to peer"
        aria-label="Send to peer"
        list={list}
        classNames={{ root: classes.peerInput ?? '', input: 'bytes' }}
        placeholder={newest ? formatRoutingId(newest.routingId) : 'Routing id: text, or hex after 0x'}
        title="The peer’s routing id: text, or hex after 0x. Empty: the peer heard of last."
        value={draft.peer}
        error={problemWith(draft.peer)}
        maxLength={1024}
        spellCheck={false}
        onChange={(event) => applyStep(updateSocket(draft.id, { peer: event.currentTarget.value }))}
      />
      <datalist id={list}>
        {peers.map((peer) => (
          <option key={peer.routingId} value={formatRoutingId(peer.routingId)}>
            {describe(peer)}
          </option>
        ))}
      </datalist>
      <p className={classes.running}>
        {chosen
          ? describe(chosen)
          : peers.length === 0
            ? 'No peer has sent a message yet.'
            : 'This peer has not sent a message yet.'}
      </p>
    </div>
  )
}
