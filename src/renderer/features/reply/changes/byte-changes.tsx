import type { Hunk, HunkSide, Hunks } from '../../../../shared/changes/hunks.ts'
import { formatCount } from '../../../../shared/format.ts'
import classes from './changes.module.css'

function Side({ side, kind }: { readonly side: HunkSide; readonly kind: 'before' | 'after' }) {
  const Mark = kind === 'before' ? 'del' : 'ins'
  const shown = (of: 'hex' | 'text', gap: string) =>
    side.pieces.map((piece, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a piece has no identity but its place
      <span key={index}>
        {index === 0 ? '' : gap}
        {piece.isChanged ? <Mark className={classes[kind]}>{piece[of]}</Mark> : piece[of]}
      </span>
    ))
  return (
    <tr>
      <td className={classes.sign} title={kind}>
        <span aria-hidden>{kind === 'before' ? '−' : '+'}</span>
        <span className="visually-hidden">{kind}</span>
      </td>
      <th scope="row" className={classes.offset}>
        {side.offset}
      </th>
      <td className={classes.hex}>
        {shown('hex', ' ')}
        {side.more > 0 ? ` … ${formatCount(side.more)} more` : ''}
      </td>
      <td className={classes.characters}>{shown('text', '')}</td>
    </tr>
  )
}

/** The bytes that differ, with some around them, as hex and as characters. */
export function ByteChangesTable({ hunks, more }: Hunks) {
  return (
    <>
      <table className={classes.bytes}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Which message</span>
            </th>
            <th scope="col">Byte</th>
            <th scope="col">Hex</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        {hunks.map(({ before, after }: Hunk) => (
          <tbody key={`${before.offset} ${after.offset}`}>
            <Side side={before} kind="before" />
            <Side side={after} kind="after" />
          </tbody>
        ))}
      </table>
      {more > 0 ? <p className={classes.note}>{formatCount(more)} more places differ.</p> : null}
    </>
  )
}
