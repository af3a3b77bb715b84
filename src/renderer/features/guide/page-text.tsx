import Markdown from 'markdown-to-jsx/react'
import { type ElementType, Fragment, type MouseEvent, memo, type ReactNode, useMemo } from 'react'
import classes from './guide.module.css'
import { type GuidePage, headingName, linkTarget } from './pages.ts'

/** Leads to a page of the guide, and to a heading on it. */
export type OpenPage = (file: string, heading: string | null) => void

/** The id of a heading on the page, from its name in links. */
export const headingId = (name: string): string => `guide-${name}`

interface LinkProps {
  /** The file of the page that it stands on. */
  readonly from: string
  readonly onOpen: OpenPage
  readonly href?: string
  readonly children?: ReactNode
}

/** A link within the guide. What lies outside is named, not opened. */
function Link({ from, onOpen, href = '', children }: LinkProps) {
  const target = linkTarget(from, href)
  if (target.to === 'page') {
    const open = (event: MouseEvent) => {
      event.preventDefault()
      onOpen(target.file, target.heading)
    }
    return (
      <a href={target.file} onClick={open}>
        {children}
      </a>
    )
  }
  return (
    <>
      {children} (<span className={classes.address}>{target.address}</span>)
    </>
  )
}

const as = (component: ElementType) => ({ component, props: {} })

interface PageTextProps {
  readonly page: GuidePage
  readonly onOpen: OpenPage
}

/** A page of the guide as elements. HTML in it stays text. */
export const PageText = memo(function PageText({ page, onOpen }: PageTextProps) {
  const options = useMemo(
    () => ({
      wrapper: Fragment,
      disableParsingRawHTML: true,
      // An address that is no link is an example.
      disableAutoLink: true,
      slugify: (heading: string) => headingId(headingName(heading)),
      // They stand under the dialog's own title.
      overrides: {
        h1: as('h3'),
        h2: as('h4'),
        h3: as('h5'),
        a: { component: Link, props: { from: page.file, onOpen } },
      },
    }),
    [page, onOpen],
  )
  return <Markdown options={options}>{page.text}</Markdown>
})
