import { IconAlertCircle, IconCircle, IconCircleCheck, IconLoader2 } from '@tabler/icons-react'
import classes from './status-dot.module.css'

export type Tone = 'off' | 'busy' | 'good' | 'bad'

const icons = { off: IconCircle, busy: IconLoader2, good: IconCircleCheck, bad: IconAlertCircle }

/** A state indicator that differs in shape as well as colour. */
export function StatusDot({ tone }: { readonly tone: Tone }) {
  const Icon = icons[tone]
  return <Icon size={14} className={classes.dot} data-tone={tone} aria-hidden />
}
