import { codeFolding, foldGutter, foldKeymap } from '@codemirror/language'
import type { EditorState, Extension } from '@codemirror/state'
import { type EditorView, keymap } from '@codemirror/view'
import { foldSummary, summarizedCharacters } from './fold-summary.ts'
import { stringsIn } from './isolated-parts.ts'

const summaryOf = (state: EditorState, { from, to }: { readonly from: number; readonly to: number }): string =>
  foldSummary(state.sliceDoc(from, Math.min(to, from + summarizedCharacters)))

function placeholder(_view: EditorView, unfold: (event: Event) => void, summary: string): HTMLElement {
  const element = document.createElement('span')
  element.className = 'cm-foldPlaceholder'
  element.title = 'Open'
  element.append(
    ...stringsIn(summary).map(({ text, isIsolated }) => {
      if (!isIsolated) return text
      const part = document.createElement('bdi')
      part.textContent = text
      return part
    }),
  )
  element.addEventListener('click', unfold)
  return element
}

function marker(isOpen: boolean): HTMLElement {
  const element = document.createElement('span')
  element.className = isOpen ? 'cm-foldMarker' : 'cm-foldMarker cm-foldMarker-closed'
  element.title = isOpen ? 'Close' : 'Open'
  return element
}

/** Folds objects and arrays, in languages that say where they are. What is folded is summed up in its place. */
export const folding: Extension = [
  codeFolding({ preparePlaceholder: summaryOf, placeholderDOM: placeholder }),
  foldGutter({ markerDOM: marker }),
  keymap.of(foldKeymap),
]
