/** A page of the user guide. */
export interface GuidePage {
  /** Its file's name, such as `log.md`. */
  readonly file: string
  readonly title: string
  /** The heading of the contents that it stands under; empty for the contents themselves. */
  readonly group: string
  /** Markdown. */
  readonly text: string
}

/** Where a link of the guide leads: to a page and maybe a heading of it, or out of the guide. */
export type LinkTarget =
  | { readonly to: 'page'; readonly file: string; readonly heading: string | null }
  /** `address` as people read it: a file of the project, or a web address. */
  | { readonly to: 'outside'; readonly address: string }

const indexFile = 'README.md'

const files = new Map(
  Object.entries(
    import.meta.glob<string>('../../../../docs/guide/*.md', { query: '?raw', import: 'default', eager: true }),
  ).map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1), text]),
)

/** The first line of the contents says what the dialog's title says. */
const withoutTitle = (text: string): string => text.replace(/^# .*\n+/, '')

/** The pages in the order of the contents, which name each in a row of a table. Throws when a page is missing. */
function inOrder(): readonly GuidePage[] {
  const index = files.get(indexFile) ?? ''
  const pages: GuidePage[] = [{ file: indexFile, title: 'Contents', group: '', text: withoutTitle(index) }]
  let group = ''
  for (const line of index.split('\n')) {
    group = /^## (.+)$/.exec(line)?.[1] ?? group
    const [, title, file] = /^\| \[(.+?)\]\((.+?)\) \|/.exec(line) ?? []
    if (title === undefined || file === undefined) continue
    const text = files.get(file)
    if (text === undefined) throw new Error(`The contents name ${file}, which is no page.`)
    pages.push({ file, title, group, text })
  }
  return pages
}

/** All pages, the contents first. */
export const guidePages = inOrder()

/** The names of all files of the guide, whether the contents name them or not. */
export const guideFiles: readonly string[] = [...files.keys()]

export const pageOf = (file: string): GuidePage | undefined => guidePages.find((page) => page.file === file)

/** The pages that have every word, in title or text, whatever its case. No words: all pages. */
export function pagesWith(words: string): readonly GuidePage[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return guidePages.filter(({ title, text }) => {
    const all = `${title}\n${text}`.toLowerCase()
    return wanted.every((word) => all.includes(word))
  })
}

/** The name of a heading in links, made as the hosts of repositories make it: `A reply, late` → `a-reply-late`. */
export const headingName = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-')

/** Where a link on a page leads. */
export function linkTarget(from: string, href: string): LinkTarget {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return { to: 'outside', address: href }
  const [path = '', heading = ''] = href.split('#')
  const file = path === '' ? from : path
  if (files.has(file)) return { to: 'page', file, heading: heading === '' ? null : heading }
  // Written from the guide's folder, read from the project's.
  return { to: 'outside', address: new URL(path, 'file:///docs/guide/').pathname.slice(1) }
}
