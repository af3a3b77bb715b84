import type { Asked, Preview, TopicPages } from '../engine/topics/topic-page.ts'
import { formatCount, formatElapsed, formatRate, formatSize } from '../shared/format.ts'
import { mostRows, rootNode, type TopicPage, type TopicRow } from '../shared/topics/page.ts'
import { escapeHidden } from './escape-hidden.ts'

const view = { sort: 'name', descending: false, filter: '' } as const
/** Where the terminal does not tell its size. */
const usualColumns = 80
const usualRows = 24
/** The topic gets this share of a line at most. */
const topicShare = 0.4

/** A row of the tree with its level, from 0. */
interface Line {
  readonly row: TopicRow
  readonly level: number
}

/** From this character on, a terminal may take two columns for one. */
const firstWide = 0x1100

const widthOf = (character: string | undefined): number => ((character?.codePointAt(0) ?? 0) < firstWide ? 1 : 2)

/** As much of a text as so many columns of a terminal have room for, filled up with spaces. */
export function fitted(text: string, columns: number): string {
  const characters = [...text]
  let end = 0
  let used = 0
  for (; end < characters.length && used + widthOf(characters[end]) <= columns; end += 1) {
    used += widthOf(characters[end])
  }
  if (end === characters.length) return text + ' '.repeat(columns - used)
  // The mark takes a column, too.
  while (end > 0 && used >= columns) {
    end -= 1
    used -= widthOf(characters[end])
  }
  return `${characters.slice(0, end).join('')}…${' '.repeat(Math.max(0, columns - used - 1))}`
}

/** The tree of topics as a table on a terminal, which is drawn over and over in the same place. */
export class TopicTable {
  #drawn = 0

  /** `size` gives the columns and rows of the terminal. */
  constructor(
    private readonly write: (text: string) => void,
    private readonly size: () => readonly [columns: number | undefined, rows: number | undefined],
  ) {}

  draw(pages: TopicPages, now: number, preview: Preview): void {
    const [columns = usualColumns, rows = usualRows] = this.size()
    const asked = { now, preview }
    // The head, what is told below, and the line of the cursor.
    const room = Math.max(1, rows - 4)
    const opened = openedWithin(pages, room, asked)
    const shown = linesOf(pages, opened, room, asked)
    const page = pages.page({ ...view, parts: [], known: null }, asked)
    const lines = [...tableOf(shown, columns, now), ...(page ? [summaryOf(page)] : [])]
    this.erase()
    this.write(lines.map((line) => `${fitted(line, columns - 1).trimEnd()}\n`).join(''))
    this.#drawn = lines.length
  }

  /** Takes the table away, for other output. */
  erase(): void {
    if (this.#drawn > 0) this.write(`\u001b[${this.#drawn}A\r\u001b[J`)
    this.#drawn = 0
  }
}

const rowsBelow = (pages: TopicPages, parent: number, limit: number, asked: Asked) =>
  pages.rows(view, { parent, offset: 0, limit: Math.min(limit, mostRows) }, asked)

/** The nodes that can be open while all rows have room, those near the root first. */
function openedWithin(pages: TopicPages, room: number, asked: Asked): ReadonlySet<number> {
  const opened = new Set<number>()
  let used = 0
  for (const id of pages.expand(rootNode, '', room)) {
    const { total } = rowsBelow(pages, id, 1, asked)
    if (used + total > room && id !== rootNode) continue
    used += total
    opened.add(id)
  }
  return opened
}

function linesOf(pages: TopicPages, opened: ReadonlySet<number>, room: number, asked: Asked): Line[] {
  const lines: Line[] = []
  const add = (parent: number, level: number): void => {
    for (const row of rowsBelow(pages, parent, room, asked).rows) {
      if (lines.length >= room) return
      lines.push({ row, level })
      if (opened.has(row.id)) add(row.id, level + 1)
    }
  }
  add(rootNode, 0)
  return lines
}

const heads = ['TOPIC', 'COUNT', 'RATE', 'SIZE', 'AGE'] as const

function tableOf(lines: readonly Line[], columns: number, now: number): string[] {
  const cells = lines.map(({ row, level }) => [
    `${'  '.repeat(level)}${escapeHidden(row.name)}`,
    formatCount(row.count),
    formatRate(row.rate),
    formatSize(row.bytes),
    formatElapsed(now - row.lastAt),
  ])
  const widths = heads.map((head, column) =>
    cells.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), head.length),
  )
  const [topicWidth = 0] = widths
  const most = Math.min(topicWidth, Math.max(heads[0].length, Math.floor(columns * topicShare)))
  const lineOf = ([topic = '', ...figures]: readonly string[], value: string): string => {
    const aligned = figures.map((figure, column) => figure.padStart(widths[column + 1] ?? 0))
    return [fitted(topic, most), ...aligned, value].join('  ')
  }
  return [
    lineOf(heads, 'VALUE'),
    ...cells.map((row, place) => lineOf(row, escapeHidden(lines[place]?.row.value ?? ''))),
  ]
}

/** What is told below the table. */
export function summaryOf({ topics, count, rate, without, folded }: TopicPage): string {
  const parts = [`${formatCount(topics)} topics`, `${formatCount(count)} messages`, formatRate(rate)]
  if (without.count > 0) parts.push(`${formatCount(without.count)} without a topic`)
  if (folded.topics > 0) parts.push(`${formatCount(folded.topics)} older topics folded`)
  return parts.join(', ')
}
