import { Prec } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'
import { rightToLeft } from './isolated-parts.ts'

const isolate = Decoration.mark({ class: 'cm-iso', inclusive: true, attributes: { dir: 'auto' }, bidiIsolate: null })

const strings = new MatchDecorator({
  regexp: /"(?:[^"\\]|\\.)*"/g,
  decorate: (add, from, to, [string]) => {
    if (rightToLeft.test(string)) add(from, to, isolate)
  },
})

class Isolates {
  decorations: DecorationSet

  constructor(view: EditorView) {
    this.decorations = strings.createDeco(view)
  }

  update(update: ViewUpdate): void {
    this.decorations = strings.updateDeco(update, this.decorations)
  }
}

/** Keeps the direction of a string within its quotes, so that text from right to left stays where it is written. */
export const notationIsolates = ViewPlugin.fromClass(Isolates, {
  provide: (plugin) => {
    const isolatesOf = (view: EditorView) => view.plugin(plugin)?.decorations ?? Decoration.none
    return [EditorView.outerDecorations.of(isolatesOf), Prec.lowest(EditorView.bidiIsolatedRanges.of(isolatesOf))]
  },
})
