import { ActionIcon, Button } from '@mantine/core'
import { IconRadar2 } from '@tabler/icons-react'
import type { PatternId } from '../../../shared/zmq/patterns.ts'
import { report } from '../../report.ts'
import { probeEndpoint } from '../../state/probe-store.ts'
import { explainedAs } from '../../ui/explained.ts'

interface ProbeButtonProps {
  readonly endpoint: string
  readonly pattern: PatternId
  /** Tells apart those of several endpoints; empty for the first. */
  readonly suffix?: string
}

/** Asks what answers at an endpoint. */
export function ProbeButton({ endpoint, pattern, suffix = '' }: ProbeButtonProps) {
  return (
    <ActionIcon
      aria-label={`What is there?${suffix}`}
      {...explainedAs('What is there? One short connection tells which socket or which other program answers.')}
      variant="subtle"
      color="gray"
      onClick={() => probeEndpoint(endpoint, pattern).catch(report)}
    >
      <IconRadar2 size={16} />
    </ActionIcon>
  )
}

/** The same, beside why a link does not become ready. */
export function ProbeLink({ endpoint, pattern, suffix = '' }: ProbeButtonProps) {
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      aria-label={`Probe the peer${suffix}`}
      onClick={() => probeEndpoint(endpoint, pattern).catch(report)}
    >
      Probe the peer
    </Button>
  )
}
