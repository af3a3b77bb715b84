import type { SessionState } from '../../../shared/session/state.ts'
import type { Tone } from '../../ui/status-dot.tsx'

export type Phase = SessionState['phase']

export const tones: Record<Phase, Tone> = {
  closed: 'off',
  opening: 'busy',
  open: 'good',
  closing: 'busy',
  failed: 'bad',
}

/** The state only says that it failed: the alert below says why. */
export function describe(phase: Phase, endpoint: string): string {
  switch (phase) {
    case 'closed':
      return 'Stopped'
    case 'opening':
      return `Starting on ${endpoint}`
    case 'open':
      return `Listening on ${endpoint}`
    case 'closing':
      return 'Stopping'
    case 'failed':
      return 'Failed'
  }
}
