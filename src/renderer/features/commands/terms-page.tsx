import { terms } from '../../ui/terms.ts'
import classes from './commands.module.css'

/** All terms and options on one page. */
export function TermsPage() {
  return (
    <dl className={`${classes.terms} selectable`}>
      {Object.values(terms).map(({ name, words }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  )
}
