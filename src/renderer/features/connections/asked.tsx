import { Button, Group } from '@mantine/core'
import { useLive } from '../../state/live-store.ts'
import { answerAsked } from './answer-asked.ts'

/** What a link or command line asks for, with Add and Cancel. */
export function Asked() {
  const endpoint = useLive(({ asked }) => asked[0])
  return (
    <>
      <p>A link or another program wants to add a connection to</p>
      <p className="bytes selectable" style={{ overflowWrap: 'anywhere' }}>
        {endpoint}
      </p>
      <p>It will be added to the list. Nothing is sent until you press Send.</p>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={() => answerAsked(false)}>
          Cancel
        </Button>
        <Button data-autofocus onClick={() => answerAsked(true)}>
          Add connection
        </Button>
      </Group>
    </>
  )
}
