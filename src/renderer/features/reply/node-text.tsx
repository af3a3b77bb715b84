import { IconAlertTriangle, IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { Fragment } from 'react'
import type { TreeRow } from '../../decoding/decoder-calls.ts'
import type { Summary } from '../../decoding/summary.ts'
import classes from './tree.module.css'

/** The content of a collapsed container, such as `{id: 0, name: "user 0", …}`. */
function SummaryText({ summary }: { readonly summary: Summary }) {
  const { opening, closing, parts, isWhole } = summary
  return (
    <span className={classes.summary}>
      {opening}
      {parts.map(({ key, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part has no identity but its place
        <Fragment key={index}>
          {index > 0 ? ', ' : null}
          {key === undefined ? null : (
            <>
              <bdi className={classes.summaryKey}>{key}</bdi>:{' '}
            </>
          )}
          <bdi>{value}</bdi>
        </Fragment>
      ))}
      {isWhole ? closing : `, …${closing}`}
    </span>
  )
}

/** A node of a tree on its line: its key, its value and its type. */
export function NodeText({ row }: { readonly row: TreeRow }) {
  const { expandable, expanded, key, value, summary, type, note } = row
  const Twist = expanded ? IconChevronDown : IconChevronRight
  return (
    <>
      <span className={classes.twist}>{expandable ? <Twist size={16} aria-hidden /> : null}</span>
      {key === undefined ? null : <bdi className={classes.key}>{key}</bdi>}
      {summary ? <SummaryText summary={summary} /> : null}
      <bdi className={summary ? classes.count : classes.value} title={value}>
        {value}
      </bdi>
      {note === undefined || note === type ? null : (
        <span className={classes.note}>
          <IconAlertTriangle size={13} aria-hidden />
          <bdi>{note}</bdi>
        </span>
      )}
      <bdi className={classes.type} title={type}>
        {type}
      </bdi>
    </>
  )
}
