import { openSearchPanel, search, searchKeymap } from '@codemirror/search'
import { StateEffect } from '@codemirror/state'
import { type EditorView, keymap } from '@codemirror/view'

const keys = new Set(['Mod-f', 'F3', 'Escape'])
const extension = [
  search({ top: true }),
  keymap.of(searchKeymap.filter(({ key }) => key !== undefined && keys.has(key))),
]

/** Editors with the search extension. */
const equipped = new WeakSet<EditorView>()

/** Opens an editor's search, adding the extension the first time. */
export function openSearch(editor: EditorView): void {
  if (!equipped.has(editor)) {
    equipped.add(editor)
    editor.dispatch({ effects: StateEffect.appendConfig.of(extension) })
  }
  openSearchPanel(editor)
}
