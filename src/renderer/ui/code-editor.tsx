import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, setDiagnostics } from '@codemirror/lint'
import { search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightSpecialChars, keymap } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef } from 'react'
import type { Codec } from '../../shared/codecs/codec.ts'
import { styleNonce } from '../nonce.ts'
import classes from './code-editor.module.css'
import { notationLanguage } from './notation-language.ts'

/** Where a text is at fault, as UTF-16 indexes, and why. */
export interface Fault {
  readonly offset: number
  readonly length: number
  readonly message: string
}

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

interface CodeEditorProps {
  /** The accessible name. */
  readonly label: string
  readonly value: string
  readonly syntax: Codec['syntax']
  readonly fault?: Fault | null
  /** Tells what could stand at a place in the text. */
  readonly complete?: ((text: string, offset: number) => Completions | null) | undefined
  /** Without it the text can be selected but not changed. */
  readonly onChange?: (value: string) => void
}

/** Colours by variables, so that a change of theme needs no new editor. */
const highlighting = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--syntax-key)' },
  { tag: tags.string, color: 'var(--syntax-string)' },
  { tag: tags.number, color: 'var(--syntax-number)' },
  { tag: [tags.bool, tags.null, tags.atom, tags.keyword], color: 'var(--syntax-atom)' },
  { tag: tags.comment, color: 'var(--mantine-color-dimmed)' },
])

const attributesOf = (label: string): Extension =>
  EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' })

const languageOf = (syntax: Codec['syntax']): Extension =>
  ({ plain: [], json: json(), notation: notationLanguage })[syntax]

function diagnosticsOf(fault: Fault | null | undefined, length: number): Diagnostic[] {
  if (!fault || length === 0) return []
  const from = Math.min(fault.offset, length - 1)
  return [{ from, to: Math.min(length, from + Math.max(1, fault.length)), severity: 'error', message: fault.message }]
}

function completionsAt(
  { state, pos, explicit }: CompletionContext,
  complete: CodeEditorProps['complete'],
): CompletionResult | null {
  const found = complete?.(state.doc.toString(), pos)
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

/** A text editor for one frame. The value is the caller's; typing is reported and nothing else. */
export function CodeEditor({ label, value, syntax, fault, complete, onChange }: CodeEditorProps) {
  const parent = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const change = useRef(onChange)
  change.current = onChange
  const completing = useRef(complete)
  completing.current = complete
  const readOnly = onChange === undefined
  const initial = useRef({ label, value, syntax })
  initial.current = { label, value, syntax }
  const language = useRef(new Compartment())
  const attributes = useRef(new Compartment())

  useEffect(() => {
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
          // Only a line feed ends a line: a carriage return is a byte like any other and must not get lost.
          EditorState.lineSeparator.of('\n'),
          highlightSpecialChars(),
          drawSelection(),
          syntaxHighlighting(highlighting),
          readOnly ? [] : [history(), bracketMatching()],
          readOnly
            ? []
            : autocompletion({ override: [(context) => completionsAt(context, completing.current)], icons: false }),
          search({ top: true }),
          // Tab moves on to the next control, as everywhere else; Mod-Enter is the form's.
          keymap.of([
            ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
            ...historyKeymap,
            ...searchKeymap.filter(({ key }) => key === 'Mod-f' || key === 'F3' || key === 'Escape'),
          ]),
          language.current.of(languageOf(initial.current.syntax)),
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
    view.current?.dispatch({ effects: attributes.current.reconfigure(attributesOf(label)) })
  }, [label])

  useEffect(() => {
    const editor = view.current
    if (!editor || editor.state.doc.toString() === value) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])

  useEffect(() => {
    view.current?.dispatch({ effects: language.current.reconfigure(languageOf(syntax)) })
  }, [syntax])

  useEffect(() => {
    const editor = view.current
    if (editor) editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(fault, editor.state.doc.length)))
  }, [fault])

  return <div ref={parent} className={classes.editor} data-read-only={readOnly || undefined} />
}
