import { useMemo, useState } from 'react'
import { CodecError, type EncodingId } from '../../../shared/codecs/codec.ts'
import { codecs } from '../../../shared/codecs/index.ts'
import { formatCount, formatSize } from '../../../shared/format.ts'
import { CodeEditor } from '../../ui/code-editor.tsx'
import { HexView } from './hex-view.tsx'
import { Pager } from './pager.tsx'
import { pageBounds, pageBytes } from './pages.ts'
import classes from './reply.module.css'
import { StructureView } from './structure-view.tsx'

/** Structures larger than this would stall the window while they are decoded. */
const structureBytes = 4 * 1024 * 1024

type Attempt<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: CodecError }

function attempt<Value>(decode: () => Value): Attempt<Value> {
  try {
    return { ok: true, value: decode() }
  } catch (thrown) {
    if (thrown instanceof CodecError) return { ok: false, error: thrown }
    throw thrown
  }
}

interface UndecodableProps {
  readonly error: CodecError
  readonly view: EncodingId
  /** The offset at which the part that is shown begins. */
  readonly start: number
}

function Undecodable({ error, view, start }: UndecodableProps) {
  return (
    <p className={classes.message} role="alert">
      Not shown as {codecs[view].label} (byte {formatCount(start + error.offset)}): {error.message}.
      {start > 0 ? ` There, offsets count from the beginning of this part.` : ''} Hex shows every frame.
    </p>
  )
}

interface ContentProps {
  readonly bytes: Uint8Array
  readonly view: EncodingId
  readonly number: number
}

function TextContent({ bytes, view, number, start }: ContentProps & { readonly start: number }) {
  const text = useMemo(() => attempt(() => codecs[view].decode(bytes)), [bytes, view])
  if (!text.ok) return <Undecodable error={text.error} view={view} start={start} />
  return <CodeEditor label={`Content of reply frame ${number}`} value={text.value} syntax={codecs[view].syntax} />
}

function TreeContent({ bytes, view, number }: ContentProps) {
  const reading = useMemo(() => codecs[view].read?.(bytes), [bytes, view])
  return (
    <>
      {reading?.fault ? <Undecodable error={reading.fault} view={view} start={0} /> : null}
      {reading?.root ? <StructureView root={reading.root} bytes={bytes} number={number} /> : null}
    </>
  )
}

function Page({ bytes, view, number, start }: ContentProps & { readonly start: number }) {
  return view === 'hex' ? (
    <HexView bytes={bytes} start={start} label={`Bytes of reply frame ${number}`} />
  ) : (
    <TextContent bytes={bytes} view={view} number={number} start={start} />
  )
}

interface FrameContentProps extends ContentProps {
  readonly tree: boolean
}

/** The bytes of a frame in a view; a large frame page by page, so that nothing is cut and nothing stalls. */
export function FrameContent({ bytes, view, tree, number }: FrameContentProps) {
  const [chosen, setChosen] = useState({ bytes, page: 0 })
  // Another frame begins at its beginning.
  const page = chosen.bytes === bytes ? chosen.page : 0
  if (bytes.byteLength === 0) return <p className={classes.message}>An empty frame (0 B).</p>
  const structured = codecs[view].read !== undefined
  if (structured && bytes.byteLength > structureBytes) {
    return (
      <p className={classes.message}>
        Frames above {formatSize(structureBytes)} are not decoded as {codecs[view].label}: choose Text or Hex.
      </p>
    )
  }
  if (tree) return <TreeContent bytes={bytes} view={view} number={number} />
  if (structured || bytes.byteLength <= pageBytes) return <Page bytes={bytes} view={view} number={number} start={0} />
  const { start, end, pages } = pageBounds(bytes, page, view === 'text')
  return (
    <>
      <Pager
        page={page}
        pages={pages}
        start={start}
        end={end}
        total={bytes.byteLength}
        onPage={(next) => setChosen({ bytes, page: next })}
      />
      <Page bytes={bytes.subarray(start, end)} view={view} number={number} start={start} />
    </>
  )
}
