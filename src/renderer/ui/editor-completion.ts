import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'

/** What could stand in a part of the text; places are UTF-16 indexes. */
export interface Completions {
  readonly from: number
  readonly to: number
  readonly options: readonly {
    readonly label: string
    readonly detail: string
    readonly kind: 'field' | 'value'
    /** What is put into the text. */
    readonly insert: string
  }[]
}

/** Tells what could stand at a place in the text. */
export type Complete = (text: string, offset: number) => Promise<Completions | null>

async function completionsAt(
  { state, pos, explicit }: CompletionContext,
  complete: Complete | undefined,
): Promise<CompletionResult | null> {
  const found = await complete?.(state.doc.toString(), pos)
  // Nothing is offered where nothing has been typed, unless it is asked for.
  if (!found || found.options.length === 0 || (found.from === pos && !explicit)) return null
  const typed = state.sliceDoc(found.from, pos).replace(/^"/, '').toLowerCase()
  const matching = found.options.filter(({ label }) => label.toLowerCase().includes(typed))
  return {
    from: found.from,
    to: found.to,
    // Told apart here: what is typed may begin with a quote, which no label has.
    filter: false,
    options: matching.map(({ label, detail, kind, insert }) => ({
      label,
      detail,
      type: kind === 'field' ? 'property' : 'enum',
      apply: insert,
    })),
  }
}

/** Offers what `complete` knows at the time. */
export const completion = (complete: () => Complete | undefined): Extension =>
  autocompletion({ override: [(context) => completionsAt(context, complete())], icons: false })
