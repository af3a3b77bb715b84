import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'

/** Completions for a range of the text, in UTF-16 indexes. */
export interface Completions {
  readonly from: number
  readonly to: number
  readonly options: readonly {
    readonly label: string
    readonly detail: string
    readonly kind: 'field' | 'value'
    /** The text to insert. */
    readonly insert: string
  }[]
}

/** Computes the completions at an offset. */
export type Complete = (text: string, offset: number) => Promise<Completions | null>

async function completionsAt(
  { state, pos, explicit }: CompletionContext,
  complete: Complete | undefined,
): Promise<CompletionResult | null> {
  const found = await complete?.(state.doc.toString(), pos)
  // Offer nothing where nothing was typed, unless requested.
  if (!found || found.options.length === 0 || (found.from === pos && !explicit)) return null
  const typed = state.sliceDoc(found.from, pos).replace(/^"/, '').toLowerCase()
  const matching = found.options.filter(({ label }) => label.toLowerCase().includes(typed))
  return {
    from: found.from,
    to: found.to,
    // Already filtered: typed text may start with a quote, which no label has.
    filter: false,
    options: matching.map(({ label, detail, kind, insert }) => ({
      label,
      detail,
      type: kind === 'field' ? 'property' : 'enum',
      apply: insert,
    })),
  }
}

/** Offers what `complete` currently returns. */
export const completion = (complete: () => Complete | undefined): Extension =>
  autocompletion({ override: [(context) => completionsAt(context, complete())], icons: false })
