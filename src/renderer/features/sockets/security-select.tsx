import { NativeSelect } from '@mantine/core'
import { IconLock, IconLockOpen2 } from '@tabler/icons-react'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { securityKindIds, securityKinds } from '../../../shared/zmq/security.ts'
import { report } from '../../report.ts'
import { chooseSecurity } from '../../state/security-actions.ts'
import { explainedAs } from '../../ui/explained.ts'
import classes from './security-select.module.css'

const choices = securityKindIds.map((value) => ({ value, label: securityKinds[value].label }))

/** How the socket is secured. What that needs is asked for below the bar. */
export function SecuritySelect({ draft }: { readonly draft: SocketDraft }) {
  const { kind } = draft.security
  return (
    <NativeSelect
      aria-label="Security"
      data={choices}
      value={kind}
      className={`${classes.select} ${kind === 'none' ? classes.none : ''}`}
      leftSection={kind === 'none' ? <IconLockOpen2 size={14} /> : <IconLock size={14} />}
      leftSectionWidth={26}
      {...explainedAs(`Security: ${securityKinds[kind].label}. ${securityKinds[kind].words}.`)}
      onChange={(event) => {
        const chosen = securityKindIds.find((id) => id === event.currentTarget.value)
        if (chosen) chooseSecurity(draft.id, chosen).catch(report)
      }}
    />
  )
}
