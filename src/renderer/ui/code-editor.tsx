import { defaultKeymap, history, historyKeymap, isolateHistory } from '@codemirror/commands'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, diagnosticCount, setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightSpecialChars, keymap } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { EncodingFacts } from '../../shared/codecs/facts.ts'
import { styleNonce } from '../nonce.ts'
import { report } from '../report.ts'
import { caretPlace } from './caret-place.ts'
import classes from './code-editor.module.css'
import type { Complete } from './editor-completion.ts'
import { loadedLanguage, loadLanguage } from './editor-language.ts'

/** Where a text is invalid, in UTF-16 indexes, and why. */
export interface Fault {
  readonly offset: number
  readonly length: number
  readonly message: string
}

interface CodeEditorProps {
  /** The accessible name. */
  readonly label: string
  readonly value: string
  readonly syntax: EncodingFacts['syntax']
  readonly fault?: Fault | null
  /** What this editor has beyond others. */
  readonly extension?: Extension | undefined
  /** Completions at an offset in the text. */
  readonly complete?: Complete | undefined
  /** Whether a text is too long to be laid out. Such a change goes to `onChange` only, and the editor stays as it is. */
  readonly isTooLong?: (text: string) => boolean
  /** Without it the text is read-only. */
  readonly onChange?: (value: string) => void
}

/** Colours are CSS variables, so that a theme change needs no new editor. */
const highlighting = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--syntax-key)' },
  { tag: tags.string, color: 'var(--syntax-string)' },
  { tag: tags.number, color: 'var(--syntax-number)' },
  { tag: [tags.bool, tags.null, tags.atom, tags.keyword], color: 'var(--syntax-atom)' },
  { tag: tags.comment, color: 'var(--mantine-color-dimmed)' },
])

const attributesOf = (label: string): Extension =>
  EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' })

function diagnosticsOf(fault: Fault | null | undefined, length: number): Diagnostic[] {
  if (!fault || length === 0) return []
  const from = Math.min(fault.offset, length - 1)
  return [{ from, to: Math.min(length, from + Math.max(1, fault.length)), severity: 'error', message: fault.message }]
}

/** Loads the search on first use. */
const searchKey = {
  key: 'Mod-f',
  run(editor: EditorView) {
    import('./editor-search.ts').then(({ openSearch }) => openSearch(editor)).catch(report)
    return true
  },
}

/** Whether a key belongs to the editor: Send does not, nor do the keys that go through what was sent. */
const isOwnKey = ({ key, mac }: { readonly key?: string; readonly mac?: string }): boolean =>
  key !== 'Mod-Enter' && mac !== 'Cmd-ArrowUp' && mac !== 'Cmd-ArrowDown'

/** No shorter text is too long for the editor. */
const leastTooLong = 10_000

/** A controlled text editor for one frame. */
export function CodeEditor({ label, value, syntax, fault, extension, complete, isTooLong, onChange }: CodeEditorProps) {
  const parent = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const change = useRef(onChange)
  change.current = onChange
  const tooLong = useRef(isTooLong)
  tooLong.current = isTooLong
  const latestComplete = useRef(complete)
  latestComplete.current = complete
  const readOnly = onChange === undefined
  const initial = useRef({ label, value, syntax, extension })
  initial.current = { label, value, syntax, extension }
  const language = useRef(new Compartment())
  const attributes = useRef(new Compartment())
  const completing = useRef(new Compartment())
  const own = useRef(new Compartment())

  // A layout effect: an editor's style sheet styles the page anew, so it comes before the panels around it are measured.
  useLayoutEffect(() => {
    if (!parent.current) return
    const editor = new EditorView({
      parent: parent.current,
      state: EditorState.create({
        doc: initial.current.value,
        extensions: [
          EditorView.cspNonce.of(styleNonce),
          EditorView.lineWrapping,
          attributes.current.of(attributesOf(initial.current.label)),
          EditorState.readOnly.of(readOnly),
          EditorView.editable.of(!readOnly),
          // Only a line feed ends a line: a carriage return is an ordinary byte and must be kept.
          EditorState.lineSeparator.of('\n'),
          highlightSpecialChars(),
          drawSelection(),
          syntaxHighlighting(highlighting),
          readOnly ? [] : [history(), bracketMatching()],
          completing.current.of([]),
          own.current.of(initial.current.extension ?? []),
          // Tab moves to the next control, as everywhere else.
          keymap.of([...defaultKeymap.filter(isOwnKey), ...historyKeymap, searchKey]),
          language.current.of(loadedLanguage(initial.current.syntax) ?? []),
          EditorState.transactionFilter.of((transaction) => {
            // Read only where it may be too long: most changes are a key.
            if (!transaction.docChanged || transaction.newDoc.length < leastTooLong) return transaction
            const next = transaction.newDoc.toString()
            if (!tooLong.current?.(next)) return transaction
            queueMicrotask(() => change.current?.(next))
            return []
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change.current?.(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [readOnly])

  useEffect(() => {
    const editor = view.current
    // A new editor has its label, language and faults already, and each dispatch lays the page out.
    if (!editor || editor.contentDOM.ariaLabel === label) return
    editor.dispatch({ effects: attributes.current.reconfigure(attributesOf(label)) })
  }, [label])

  useEffect(() => {
    const editor = view.current
    if (!editor || editor.state.doc.toString() === value) return
    const caret = caretPlace(editor.state.doc.toString(), value, editor.state.selection.main.head)
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      ...(caret === undefined ? {} : { selection: { anchor: caret } }),
      // Undoing it does not undo what was typed just before.
      annotations: isolateHistory.of('full'),
    })
  }, [value])

  useEffect(() => {
    let current = true
    const colour = (extension: Extension) => {
      if (current) view.current?.dispatch({ effects: language.current.reconfigure(extension) })
    }
    const loaded = loadedLanguage(syntax)
    const editor = view.current
    if (loaded && editor && language.current.get(editor.state) === loaded) return
    if (loaded) colour(loaded)
    else loadLanguage(syntax).then(colour, report)
    return () => {
      current = false
    }
  }, [syntax])

  useEffect(() => {
    const editor = view.current
    const wanted = extension ?? []
    if (!editor || own.current.get(editor.state) === wanted) return
    editor.dispatch({ effects: own.current.reconfigure(wanted) })
  }, [extension])

  const completes = complete !== undefined && !readOnly
  useEffect(() => {
    if (!completes) return
    let current = true
    const offer = (extension: Extension) =>
      view.current?.dispatch({ effects: completing.current.reconfigure(extension) })
    import('./editor-completion.ts').then(({ completion }) => {
      if (current) offer(completion(() => latestComplete.current))
    }, report)
    return () => {
      current = false
      offer([])
    }
  }, [completes])

  useEffect(() => {
    const editor = view.current
    if (!editor) return
    const diagnostics = diagnosticsOf(fault, editor.state.doc.length)
    if (diagnostics.length === 0 && diagnosticCount(editor.state) === 0) return
    editor.dispatch(setDiagnostics(editor.state, diagnostics))
  }, [fault])

  return <div ref={parent} className={classes.editor} data-read-only={readOnly || undefined} />
}
