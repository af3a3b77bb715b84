import { splitEndpoint } from './endpoint-parts.ts'
import classes from './endpoint-text.module.css'

/**
 * An endpoint in a line that may be too short for it: it is cut in the middle, because its end, the port as a rule, is what
 * tells it from others. The text itself stays whole for whoever hears it or looks for it.
 */
export function EndpointText({ endpoint }: { readonly endpoint: string }) {
  const { start, end } = splitEndpoint(endpoint)
  return (
    <span className={classes.endpoint}>
      <span className="visually-hidden">{start + end}</span>
      <span aria-hidden className={classes.start} data-shown={start} />
      <span aria-hidden className={classes.end} data-shown={end} />
    </span>
  )
}
