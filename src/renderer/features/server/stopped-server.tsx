import { Button, TextInput } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { applyStep, useWorkspace } from '../../state/workspace-store.ts'
import { explained } from '../../ui/explained.ts'
import { Heading } from '../../ui/heading.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import classes from './server-panel.module.css'
import { describe, type Phase, tones } from './server-words.ts'

/** The endpoint of a server that does not run, and the button that starts it. */
export function StoppedServer({ phase, start }: { readonly phase: Phase; readonly start: (endpoint: string) => void }) {
  const endpoint = useWorkspace((workspace) => workspace.serverEndpoint)
  const starting = phase === 'opening'
  const words = describe(phase, endpoint)
  return (
    <>
      <Heading
        aside={
          <span className={classes.state}>
            <StatusDot tone={tones[phase]} />
            <span role="status" aria-label="Server state" title={words}>
              {starting ? 'Starting' : words}
            </span>
          </span>
        }
      >
        Echo server
      </Heading>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!starting) start(endpoint)
        }}
      >
        <TextInput
          aria-label="Server endpoint"
          value={endpoint}
          readOnly={starting}
          error={phase === 'failed'}
          onChange={(event) => {
            const serverEndpoint = event.currentTarget.value
            applyStep((workspace) => ({ ...workspace, serverEndpoint }))
          }}
          maxLength={1024}
          spellCheck={false}
          classNames={{ input: 'bytes' }}
          {...explained('serverEndpoint', endpoint)}
        />
        <Button type="submit" data-tour-target="start" disabled={starting} leftSection={<IconPlayerPlay size={14} />}>
          Start server
        </Button>
      </form>
    </>
  )
}
