import { CloseButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './problem.module.css'

interface ProblemProps {
  readonly title: string
  /** How to fix it. */
  readonly cure?: ReactNode
  readonly onDismiss?: () => void
  readonly actions?: ReactNode
  /** Whether it is over: it then says what is well again. */
  readonly solved?: boolean
}

/** An error next to its cause. It stays until dismissed or fixed. */
export function Problem({ title, cure, onDismiss, actions, solved = false }: ProblemProps) {
  const Icon = solved ? IconCircleCheck : IconAlertTriangle
  return (
    <div role={solved ? 'status' : 'alert'} className={classes.problem} data-solved={solved || undefined}>
      <Icon size={16} className={classes.icon} aria-hidden />
      <div className={classes.words}>
        <div className={classes.title}>{title}</div>
        {cure ? <div className={classes.cure}>{cure}</div> : null}
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </div>
      {onDismiss ? <CloseButton size="sm" aria-label="Dismiss" onClick={onDismiss} /> : null}
    </div>
  )
}
