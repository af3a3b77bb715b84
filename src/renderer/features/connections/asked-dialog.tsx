import { Button, Group, Modal } from '@mantine/core'
import { call } from '../../api.ts'
import { report } from '../../state/boot.ts'
import { liveStore, useLive } from '../../state/live-store.ts'
import { addConnection } from '../../state/workspace-reducers.ts'
import { applyStep } from '../../state/workspace-store.ts'

/** Asks before a link or a command line may add a connection. Nothing is sent, and nothing connected, by the answer. */
export function AskedDialog() {
  const endpoint = useLive(({ asked }) => asked[0])
  const answer = (add: boolean) => {
    if (endpoint === undefined) return
    if (add) applyStep(addConnection(crypto.randomUUID(), liveStore.getState().settings, endpoint))
    call('asked.answered', { endpoint }).catch(report)
  }
  return (
    <Modal
      opened={endpoint !== undefined}
      onClose={() => answer(false)}
      title="Add a connection?"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': 'Do not add it' }}
    >
      <p>A link or another program asks for a connection to</p>
      <p className="bytes selectable" style={{ overflowWrap: 'anywhere' }}>
        {endpoint}
      </p>
      <p>It is added to the list. Nothing is sent before you press Send.</p>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={() => answer(false)}>
          Cancel
        </Button>
        <Button data-autofocus onClick={() => answer(true)}>
          Add connection
        </Button>
      </Group>
    </Modal>
  )
}
