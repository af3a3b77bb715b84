import type { TextPiece } from '../../../../shared/changes/text.ts'
import classes from './changes.module.css'

/** The text of the later message, with what was removed and added. */
export function TextChanges({ pieces }: { readonly pieces: readonly TextPiece[] }) {
  return (
    <p className={classes.text}>
      {pieces.map(({ kind, text }, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: a piece has no identity but its place
        if (kind === 'same') return <span key={index}>{text}</span>
        const Mark = kind === 'removed' ? 'del' : 'ins'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece has no identity but its place
          <Mark key={index} className={kind === 'removed' ? classes.before : classes.after}>
            {text}
          </Mark>
        )
      })}
    </p>
  )
}
