import { useMemo } from 'react'
import type { Span } from '../../../shared/codecs/codec.ts'
import { inspectBytes, inspectText } from '../../../shared/codecs/inspect.ts'
import { formatCount } from '../../../shared/format.ts'
import { setFold, useFold } from '../../state/folds.ts'
import classes from './reply.module.css'

/** The fold of the inspector, which is the same for all frames. */
const part = 'reply-inspector'

interface DataInspectorProps {
  readonly bytes: Uint8Array
  readonly selection: Span
  /** The tree node that contains the selection; null without a structure. */
  readonly node: { readonly type: string; readonly span: Span } | null
  readonly number: number
}

function placeOf({ start, end }: Span): string {
  const size = `${formatCount(end - start)} B`
  if (end - start === 0) return `at byte ${formatCount(start)} · ${size}`
  const place =
    end - start === 1 ? `byte ${formatCount(start)}` : `bytes ${formatCount(start)} to ${formatCount(end - 1)}`
  return `${place} · ${size}`
}

/** Shows the selected bytes as every kind of number, text and time, in both byte orders. */
export function DataInspector({ bytes, selection, node, number }: DataInspectorProps) {
  const folded = useFold(part, true)
  const { start, end } = selection
  const values = useMemo(() => inspectBytes(bytes, start), [bytes, start])
  const text = useMemo(() => inspectText(bytes.subarray(start, end)), [bytes, start, end])
  const first = values
    .filter(({ size }) => size === 1)
    .map(({ name, littleEndian }) => `${name} ${littleEndian ?? '–'}`)
  return (
    <details
      className={classes.inspector}
      open={!folded}
      onToggle={(event) => {
        if (event.currentTarget.open === folded) setFold(part, !event.currentTarget.open)
      }}
    >
      <summary>
        <span role="status" aria-label={`Selection in reply frame ${number}`}>
          {node ? `${node.type} · ${placeOf(node.span)}` : placeOf(selection)}
        </span>
        {` · ${first.join(' · ')}${text === null ? '' : ` · ${JSON.stringify(text)}`}`}
      </summary>
      <table aria-label={`Data inspector of reply frame ${number}`}>
        <thead>
          <tr>
            <th scope="col">From byte {formatCount(start)} as</th>
            <th scope="col">little-endian</th>
            <th scope="col">big-endian</th>
          </tr>
        </thead>
        <tbody>
          {values.map(({ name, size, littleEndian, bigEndian }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {size === 1 ? (
                <td colSpan={2}>{littleEndian ?? '–'}</td>
              ) : (
                <>
                  <td>{littleEndian ?? '–'}</td>
                  <td>{bigEndian ?? '–'}</td>
                </>
              )}
            </tr>
          ))}
          <tr>
            <th scope="row">UTF-8</th>
            <td colSpan={2}>{text === null ? 'not UTF-8' : JSON.stringify(text)}</td>
          </tr>
        </tbody>
      </table>
    </details>
  )
}
