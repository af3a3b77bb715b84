import { type ChangeKind, changeKinds, type ValueChange, type ValueChanges } from '../../../../shared/changes/values.ts'
import { formatCount } from '../../../../shared/format.ts'
import { IsolatedText } from '../../../ui/isolated-text.tsx'
import classes from './changes.module.css'
import { differenceOf } from './difference.ts'

const signs: Readonly<Record<ChangeKind, string>> = { added: '+', removed: '−', changed: '~' }

/** Such as `2 changed, 1 added`. */
export const countsInWords = (counts: ValueChanges['counts']): string =>
  (['changed', 'added', 'removed'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${formatCount(counts[kind])} ${kind}`)
    .join(', ')

function Change({ kind, path, before, after }: ValueChange) {
  const difference = before !== null && after !== null ? differenceOf(before, after) : null
  return (
    <tr data-kind={kind}>
      <td className={classes.sign} title={kind}>
        <span aria-hidden>{signs[kind]}</span>
        <span className="visually-hidden">{kind}</span>
      </td>
      <th scope="row" className={classes.path} title={path}>
        <IsolatedText line={path} />
      </th>
      <td className={classes.values}>
        {before === null ? null : (
          <del className={classes.before} title={before}>
            <IsolatedText line={before} />
          </del>
        )}
        {before !== null && after !== null ? <span aria-hidden> → </span> : null}
        {after === null ? null : (
          <ins className={classes.after} title={after}>
            <IsolatedText line={after} />
          </ins>
        )}
        {difference === null ? null : <span className={classes.difference}> {difference}</span>}
      </td>
    </tr>
  )
}

/** The values that are others, with their paths. */
export function ValueChangesTable({ changes, counts }: ValueChanges) {
  const more = changeKinds.reduce((sum, kind) => sum + counts[kind], 0) - changes.length
  return (
    <>
      <table className={classes.changes}>
        <tbody>
          {changes.map((change) => (
            <Change key={`${change.kind} ${change.path} ${change.before}`} {...change} />
          ))}
        </tbody>
      </table>
      {more > 0 ? <p className={classes.note}>{formatCount(more)} more changes are not listed.</p> : null}
    </>
  )
}
