import type { CSSProperties } from 'react'

/** Tells the style sheets of a list how high its rows are, in pixels, as `--row`. */
export const rowHeightStyle = (pixels: number): CSSProperties & { readonly '--row': number } => ({ '--row': pixels })
