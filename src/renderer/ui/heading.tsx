import type { ReactNode } from 'react'
import classes from './heading.module.css'

interface HeadingProps {
  readonly children: ReactNode
  /** Shown next to the heading. */
  readonly beside?: ReactNode
  /** Shown at the right end of the line. */
  readonly aside?: ReactNode
}

/** The heading of a region. */
export function Heading({ children, beside, aside }: HeadingProps) {
  return (
    <div className={classes.line}>
      <h2 className={classes.heading}>{children}</h2>
      {beside}
      <div className={classes.aside}>{aside}</div>
    </div>
  )
}
