import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import classes from './guide.module.css'
import { headingId, PageText } from './page-text.tsx'
import { type GuidePage, guidePages, pageOf, pagesWith } from './pages.ts'

interface Place {
  readonly file: string
  readonly heading: string | null
}

interface PageListProps {
  readonly pages: readonly GuidePage[]
  readonly shown: string
  readonly onOpen: (file: string) => void
}

/** The pages under the headings of the contents. */
function PageList({ pages, shown, onOpen }: PageListProps) {
  const groups = [...new Set(pages.map(({ group }) => group))]
  return groups.map((group) => (
    <div key={group} className={classes.group}>
      {group === '' ? null : <h3>{group}</h3>}
      <ul>
        {pages
          .filter((page) => page.group === group)
          .map(({ file, title }) => (
            <li key={file}>
              <button type="button" aria-current={file === shown ? 'page' : undefined} onClick={() => onOpen(file)}>
                {title}
              </button>
            </li>
          ))}
      </ul>
    </div>
  ))
}

/** The user guide: its pages at the left, one of them at the right. */
export function Guide() {
  const [place, setPlace] = useState<Place | null>(null)
  const [words, setWords] = useState('')
  const text = useRef<HTMLElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const open = useCallback((file: string, heading: string | null = null) => setPlace({ file, heading }), [])
  // The page is read next, so the keys scroll it. The first page leaves the focus in the search.
  useEffect(() => {
    const region = text.current
    if (!region || !place) return
    const heading = place.heading === null ? null : region.querySelector(`#${CSS.escape(headingId(place.heading))}`)
    const down = heading ? heading.getBoundingClientRect().top - region.getBoundingClientRect().top : -region.scrollTop
    region.scrollBy({ top: down })
    region.focus({ preventScroll: true })
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [place])
  const pages = pagesWith(words)
  const page = pageOf(place?.file ?? '') ?? guidePages[0]
  if (!page) return null
  return (
    <div className={classes.guide}>
      <nav aria-label="Pages of the guide" className={classes.pages}>
        <TextInput
          aria-label="Search the guide"
          placeholder="Search"
          leftSection={<IconSearch size={14} />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={({ key }) => {
            if (key === 'Enter' && pages[0]) open(pages[0].file)
          }}
        />
        <div ref={list} className={classes.list}>
          <PageList pages={pages} shown={page.file} onOpen={open} />
          {pages.length === 0 ? <p className={classes.none}>No page has these words.</p> : null}
        </div>
      </nav>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <section ref={text} aria-label={page.title} tabIndex={0} className={`${classes.page} selectable`}>
        <PageText key={page.file} page={page} onOpen={open} />
      </section>
    </div>
  )
}
