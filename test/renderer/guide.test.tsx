import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { headingId, PageText } from '../../src/renderer/features/guide/page-text.tsx'
import {
  guideFiles,
  guidePages,
  headingName,
  linkTarget,
  pageOf,
  pagesWith,
} from '../../src/renderer/features/guide/pages.ts'

const markupOf = (text: string, file = 'log.md'): string =>
  renderToStaticMarkup(<PageText page={{ file, title: '', group: '', text }} onOpen={() => undefined} />)

describe('the guide', () => {
  test('names each of its pages once, the contents first', () => {
    const named = guidePages.map(({ file }) => file)
    expect(named[0]).toBe('README.md')
    expect([...named].sort()).toEqual([...guideFiles].sort())
    expect(guideFiles.length).toBeGreaterThan(10)
  })

  describe.each(guidePages.map((page) => [page.file, page] as const))('%s', (file, page) => {
    const markup = markupOf(page.text, file)

    test('has no Markdown left outside code', () => {
      const words = markup
        .replace(/<pre>.*?<\/pre>/gs, '')
        .replace(/<code>.*?<\/code>/gs, '')
        .replace(/<[^>]+>/g, '\n')
      expect(words.length).toBeGreaterThan(200)
      expect(words).not.toMatch(/\*\*|\|\s*-{3}|`|\]\(|^#+ |&lt;\/?[a-z]/m)
    })

    test('links to pages and headings that exist', () => {
      const links = [...page.text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, href = '']) => linkTarget(file, href))
      for (const target of links) {
        if (target.to === 'outside') continue
        const { heading } = target
        const other = markupOf(pageOf(target.file)?.text ?? '', target.file)
        expect(other, target.file).not.toBe('')
        if (heading !== null) expect(other, target.file).toContain(`id="${headingId(heading)}"`)
      }
    })
  })
})

test('HTML stays text, and what lies outside is named, not linked', () => {
  const markup = markupOf(
    'A <b onclick="x()">b</b>, [the web](https://example.org/x), [the format](../run-format.md#a), https://example.org.',
  )
  expect(markup).not.toMatch(/<b|<a/)
  expect(markup).toContain('&lt;b onclick')
  expect(markup).toContain('https://example.org/x')
  expect(markup).toContain('docs/run-format.md')
})

test('a link leads to a page, and to a heading of it', () => {
  expect(linkTarget('log.md', '#bounds')).toEqual({ to: 'page', file: 'log.md', heading: 'bounds' })
  expect(linkTarget('log.md', 'looks.md')).toEqual({ to: 'page', file: 'looks.md', heading: null })
  expect(linkTarget('log.md', '../../README.md#a')).toEqual({ to: 'outside', address: 'README.md' })
  expect(headingName('Damaged, older and newer files')).toBe('damaged-older-and-newer-files')
  expect(markupOf('# Log\n\nSee [looks](looks.md).')).toMatch(
    /<h3 id="guide-log">Log<\/h3>.*<a href="looks.md">looks<\/a>/s,
  )
})

test('a search finds the pages that have every word', () => {
  expect(pagesWith('')).toEqual(guidePages)
  expect(pagesWith('  NDJSON export ').map(({ file }) => file)).toContain('log.md')
  expect(pagesWith('export').length).toBeGreaterThan(pagesWith('export ndjson').length)
  expect(pagesWith('no-page-has-this')).toEqual([])
})
