import { bytesAround } from '../../shared/codecs/around.ts'
import { usualArrayForm } from '../../shared/codecs/array/elements.ts'
import { summarise } from '../../shared/codecs/array/summary.ts'
import { CodecError, type Span, type TreeNode, type ViewId } from '../../shared/codecs/codec.ts'
import { viewOf } from '../../shared/codecs/index.ts'
import { nodeAs } from '../../shared/codecs/node-as.ts'
import { suggestedView, suggestViews } from '../../shared/codecs/suggest-views.ts'
import { LayerError, type LayerId, openLayers } from '../../shared/layers/index.ts'
import { plottable } from '../../shared/values/scalar.ts'
import type { Form } from '../../shared/workspace.ts'
import { type FrameChanges, frameChanges } from './changes.ts'
import { copiedText } from './copied-text.ts'
import {
  type DecoderCalls,
  type Fault,
  type OpenedFrame,
  pieceRows,
  type TreePlace,
  type TreeRow,
  type ViewRequest,
} from './decoder-calls.ts'
import { find } from './find.ts'
import { formOf, textAnyway, textIn } from './form-text.ts'
import { summaryOf } from './summary.ts'
import { countPages, isPaged, pageOf, splitText } from './text-pages.ts'
import {
  firstExpanded,
  nodeAt,
  nodesTo,
  pathAt,
  pathsAbove,
  pathsBelow,
  type VisibleNode,
  visibleRows,
  withoutBelow,
} from './tree-rows.ts'

/** Bytes of the largest number in an array. */
const longestElement = 8

/** Larger frames are not looked at for another reading before somebody asks, in bytes. */
const mostGuessed = 64 * 1024

/** Characters of a value that are drawn. Copying takes the whole value. */
const shownCharacters = 1000

type Answers = { readonly [Name in keyof DecoderCalls]: (input: DecoderCalls[Name]['input']) => unknown }

/** A frame, opened in one view at a time, that answers the window's queries about it. */
export class FrameDocument {
  #shown: Uint8Array
  #view: ViewRequest & { readonly encoding: ViewId }
  /** The layers that `#shown` was unpacked from; null when they could not be opened. */
  #openedLayers: readonly LayerId[] | null = []
  #root: TreeNode | undefined
  #expanded: ReadonlySet<string> = new Set()
  readonly #inherited: { readonly encoding: ViewId; readonly expanded: ReadonlySet<string> } | undefined
  #rows: readonly VisibleNode[] = []
  #form: Form = 'raw'
  /** The pages of a text that was decoded as a whole. Other views decode each page separately. */
  #pages: readonly string[] | undefined

  /** `before` was shown in this place before: nodes expanded in its tree are expanded in this one's. */
  constructor(
    readonly frame: Uint8Array,
    before?: FrameDocument,
  ) {
    // Keep what is expanded, not the document itself: each would hold the one before it, and so all of them.
    if (before !== undefined && before.#root !== undefined) {
      this.#inherited = { encoding: before.#view.encoding, expanded: before.#expanded }
    }
    this.#shown = frame
    this.#view = {
      layers: [],
      view: null,
      insists: false,
      described: null,
      like: null,
      form: null,
      otherForm: null,
      options: {},
      encoding: 'hex',
    }
  }

  /** The handler of each call. */
  readonly answers: Answers = {
    open: (request) => this.open(request),
    suggest: () => suggestViews(this.#shown),
    page: (page) => this.page(page),
    rows: ({ from, to }) => this.rows(from, to),
    toggle: ({ path, open }) => this.toggle(path, open),
    expandAll: ({ path, open }) => this.expandAll(path, open),
    nodeText: ({ path, form }) => (this.#root ? nodeAs(nodesTo(this.#root, path), form) : ''),
    reveal: (path) => this.reveal(path),
    node: (path) => this.node(path),
    nodeAt: (span) => this.node(this.#root ? pathAt(this.#root, span) : ''),
    summarise: (form) => summarise(this.#shown, form),
    find: (query) => find(this.#shown, this.#root, query),
    copy: ({ span, format }) => this.copy(span, format),
    changes: ({ before }) => this.changes(before),
  }

  open(request: ViewRequest): OpenedFrame {
    const start = performance.now()
    const decoded = this.decode(request)
    const decodeNs = (performance.now() - start) * 1e6
    return { ...decoded, decodeNs, could: this.#could(decoded.view) }
  }

  /** The part of opening that is timed. */
  decode(request: ViewRequest): Omit<OpenedFrame, 'decodeNs' | 'could'> {
    const fault = this.#openLayers(request)
    const opened = fault ? { view: request.view ?? 'hex', because: null, fault } : this.#openFitting(request)
    const hasText = this.#form !== 'tree' && opened.view !== 'array' && (!opened.fault || this.#pages !== undefined)
    return {
      form: this.#form,
      array: this.#view.encoding === 'array' ? (this.#view.options.array ?? null) : null,
      unfit: null,
      ...opened,
      inner: this.#shown === this.frame ? null : this.#shown,
      pages: hasText ? this.#countPages() : 0,
      firstPage: hasText ? this.page(0) : '',
      tree: this.#root ? { total: this.#rows.length, rows: this.rows(0, pieceRows) } : null,
    }
  }

  /** Opens in the wanted view, or in the suggested one where that does not fit. */
  #openFitting(request: ViewRequest): Pick<OpenedFrame, 'view' | 'unfit' | 'because' | 'fault'> {
    const { view: wanted, insists } = request
    if (wanted) {
      const fault = this.#openAs(request, wanted)
      if (fault && insists) this.#keepText()
      if (!fault || insists) return { view: wanted, unfit: null, because: null, fault }
    }
    const { view, because } = this.#suggested(request)
    // The form was chosen for the view that does not fit.
    const fault = this.#openAs(wanted ? { ...request, form: request.otherForm } : request, view)
    if (fault) this.#keepText()
    return { view, unfit: view === wanted ? null : wanted, because, fault }
  }

  /** Another reading of the bytes that is likelier than a view. Larger frames are not looked at: that takes a while. */
  #could(view: ViewId): OpenedFrame['could'] {
    if (this.#shown.byteLength > mostGuessed) return null
    const what = suggestViews(this.#shown)[0]?.what
    if (!what) return null
    if ('layer' in what) return what
    return what.encoding === view || what.encoding === 'hex' || what.encoding === 'text' ? null : what
  }

  #suggested({ described, like }: ViewRequest): Pick<OpenedFrame, 'view' | 'because'> {
    // It describes the frame's own bytes.
    if (described && this.#shown === this.frame) return { view: 'array', because: 'frame before' }
    const { view, isLikeRequest } = suggestedView(this.#shown, like)
    return { view, because: isLikeRequest ? 'request' : null }
  }

  #openAs(request: ViewRequest, encoding: ViewId): Fault | null {
    const array = request.options.array ?? request.described ?? usualArrayForm
    this.#view = { ...request, encoding, options: { ...request.options, array } }
    this.#root = undefined
    this.#pages = undefined
    this.#rows = []
    this.#form = formOf(this.#shown, encoding, request.form)
    return this.#form === 'tree' ? this.#readTree() : this.#decodeText()
  }

  /** A page of the text, counted from 0. */
  page(page: number): string {
    if (this.#pages) return this.#pages[page] ?? ''
    const { start, end } = pageOf(this.#shown, page, this.#view.encoding)
    return viewOf(this.#view.encoding).decode(this.#shown.subarray(start, end), this.#view.options)
  }

  rows(from: number, to: number): TreeRow[] {
    return this.#rows.slice(from, to).map(toRow)
  }

  toggle(path: string, open: boolean): TreePlace {
    const expanded = new Set(this.#expanded)
    if (open) expanded.add(path)
    else expanded.delete(path)
    this.#expand(expanded)
    return this.#place(path)
  }

  /** Opens or closes a node and all below it. */
  expandAll(path: string, open: boolean): TreePlace {
    const node = this.#root && nodeAt(this.#root, path)
    if (!node) throw new Error('There is no such place in the tree.')
    this.#expand(open ? new Set([...this.#expanded, ...pathsBelow(node, path)]) : withoutBelow(this.#expanded, path))
    return this.#place(path)
  }

  /** The node at a path, visible or not. */
  node(path: string): TreeRow {
    const node = this.#root && nodeAt(this.#root, path)
    if (!node) throw new Error('There is no such place in the tree.')
    const level = path === '' ? 1 : path.split('.').length + 1
    const expandable = (node.children?.length ?? 0) > 0
    return toRow({ node, path, level, expandable, expanded: expandable && this.#expanded.has(path) })
  }

  /** Expands all ancestors of a node. */
  reveal(path: string): TreePlace {
    const above = path === '' ? [] : pathsAbove(path)
    if (!above.every((each) => this.#expanded.has(each))) this.#expand(new Set([...this.#expanded, ...above]))
    return this.#place(path)
  }

  copy(span: Span | null, format: DecoderCalls['copy']['input']['format']): string | null {
    const bytes = span ? this.#shown.subarray(span.start, span.end) : this.#shown
    // What is shown may be no more than the text of bytes that are invalid.
    if (format === 'shown' && this.#pages) return this.#pages.join('')
    return copiedText(bytes, format, this.#view, span !== null)
  }

  /** In the view that is open. Where the layers of the earlier frame cannot be opened, the bytes outside are compared. */
  changes(before: Uint8Array): FrameChanges {
    const { encoding, options } = this.#view
    if (this.#shown === this.frame) return frameChanges(before, this.frame, encoding, options)
    try {
      return frameChanges(openLayers(before, this.#openedLayers ?? []), this.#shown, encoding, options)
    } catch (thrown) {
      if (!(thrown instanceof LayerError)) throw thrown
      return frameChanges(before, this.frame, 'hex')
    }
  }

  /** Whether the layers are open already, so that opening the frame anew only reads what is inside. */
  hasOpened(layers: readonly LayerId[]): boolean {
    return this.#openedLayers?.join() === layers.join()
  }

  #openLayers(request: ViewRequest): Fault | null {
    const { layers } = request
    try {
      if (this.hasOpened(layers)) return null
      this.#shown = openLayers(this.frame, layers)
      this.#openedLayers = layers
      return null
    } catch (thrown) {
      if (!(thrown instanceof LayerError)) throw thrown
      this.#shown = this.frame
      this.#openedLayers = null
      this.#view = { ...request, encoding: request.view ?? 'hex' }
      this.#root = undefined
      this.#pages = undefined
      return { offset: 0, message: thrown.message, around: '' }
    }
  }

  #readTree(): Fault | null {
    const { encoding, options } = this.#view
    const reading = viewOf(encoding).read?.(this.#shown, options)
    this.#root = reading?.root
    if (this.#root)
      this.#expand(this.#inherited?.encoding === encoding ? this.#inherited.expanded : firstExpanded(this.#root))
    return reading?.fault ? this.#faultOf(reading.fault, 0) : null
  }

  #decodeText(): Fault | null {
    const { encoding, options } = this.#view
    try {
      // Rows of an array are read where they are drawn, other views page by page on demand.
      if (encoding === 'array') viewOf(encoding).decode(this.#shown.subarray(0, longestElement), options)
      else if (!isPaged(encoding)) this.#pages = splitText(textIn(this.#form, this.#shown, encoding, options))
      else if (encoding !== 'hex') this.page(0)
      return null
    } catch (thrown) {
      if (!(thrown instanceof CodecError)) throw thrown
      return this.#faultOf(thrown, 0)
    }
  }

  /** Shows the text of bytes that are invalid in their view, where they are text at all. */
  #keepText(): void {
    const text = this.#form === 'tree' ? '' : textAnyway(this.#shown, this.#view.encoding)
    if (text !== '') this.#pages = splitText(text)
  }

  #countPages(): number {
    return this.#pages ? this.#pages.length : countPages(this.#shown.length)
  }

  #faultOf({ offset, length, message }: CodecError, start: number): Fault {
    return { offset: start + offset, message, around: bytesAround(this.#shown, start + offset, length) }
  }

  #expand(expanded: ReadonlySet<string>): void {
    this.#expanded = expanded
    this.#rows = this.#root ? visibleRows(this.#root, expanded) : []
  }

  #place(path: string): TreePlace {
    const index = Math.max(
      0,
      this.#rows.findIndex((row) => row.path === path),
    )
    const found = this.#rows[index]
    if (!found || !this.#root || !nodeAt(this.#root, path)) throw new Error('There is no such place in the tree.')
    return { row: toRow(found), index, total: this.#rows.length }
  }
}

function toRow({ node, path, level, expandable, expanded }: VisibleNode): TreeRow {
  const { key, type, value, note, start, end, keySpan } = node
  const summary = expandable && !expanded ? summaryOf(node) : undefined
  const plots = plottable(node)
  return {
    path,
    level,
    expandable,
    expanded,
    type,
    value: value.length > shownCharacters ? `${value.slice(0, shownCharacters)}…` : value,
    span: { start, end },
    ...(summary === undefined ? {} : { summary }),
    ...(plots === null ? {} : { plots }),
    ...(key === undefined ? {} : { key }),
    ...(note === undefined ? {} : { note }),
    ...(keySpan === undefined ? {} : { keySpan }),
  }
}
