import { Button, CloseButton, SegmentedControl } from '@mantine/core'
import { useCallback, useContext, useEffect, useRef, useState } from 'react'
import type { ViewId } from '../../../shared/codecs/codec.ts'
import { viewFacts } from '../../../shared/codecs/facts.ts'
import { formatSize } from '../../../shared/format.ts'
import { layerLabels } from '../../../shared/layers/layer.ts'
import { type Form, forms } from '../../../shared/workspace.ts'
import { useFrame } from '../../decoding/use-frame.ts'
import { openDialog } from '../../state/dialogs.ts'
import { schemaProblem, useSchemas } from '../../state/schema-store.ts'
import { openContextMenu } from '../../ui/context-menu.tsx'
import { FoldNumber } from '../../ui/fold-number.tsx'
import { MessageTypeSelect } from '../../ui/message-type-select.tsx'
import type { Selection } from './bytes-view.tsx'
import { FrameActions } from './frame-actions.tsx'
import { FrameContent } from './frame-content.tsx'
import { frameItems } from './frame-items.ts'
import { frameUse } from './frame-use.ts'
import { plotArray, plotNode } from './plot-node.ts'
import { PlottedRecord } from './plotted-record.ts'
import classes from './reply.module.css'
import { Suggestions } from './suggestions.tsx'
import { useFind } from './use-find.ts'
import { useViewRequest } from './use-view-request.ts'
import { choose, useChoice } from './view-choices.ts'
import { ViewSelect } from './view-select.tsx'
import { canWatch, watchNode } from './watch-node.ts'

export interface FrameViewProps {
  readonly bytes: Uint8Array
  readonly index: number
  /** The message that contains the frame. */
  readonly frames: readonly Uint8Array[]
  readonly sessionId: string
  /** Whether it is the last one, which takes what is left of the room. */
  readonly isLast: boolean
  /** Null where frames do not fold, because they are few. */
  readonly onFold: (() => void) | null
  readonly onDecoded?: ((index: number, nanoseconds: number) => void) | undefined
}

const formLabels: Record<Form, string> = { pretty: 'Pretty', raw: 'Raw', tree: 'Tree' }
const formChoices = forms.map((form) => ({ value: form, label: formLabels[form] }))

/** A received frame: its size, and its bytes in the chosen view. */
export function FrameView({ bytes, index, frames, sessionId, isLast, onFold, onDecoded }: FrameViewProps) {
  const choice = useChoice(sessionId, index)
  const record = useContext(PlottedRecord)
  const takesMessage = choice.view !== null && viewFacts[choice.view].takesMessage
  const schema = useSchemas((schemas) => (takesMessage ? schemas.schema : null))
  const problem = useSchemas(schemaProblem)
  /** The view that was chosen for these very bytes: it is shown whether it fits or not. */
  const [wanted, setWanted] = useState<{ readonly bytes: Uint8Array; readonly view: ViewId } | null>(null)
  const insists = wanted !== null && wanted.bytes === bytes && wanted.view === choice.view
  /** The form of what is shown in place of the chosen view. */
  const [otherForm, setOtherForm] = useState<Form | null>(null)
  const request = useViewRequest({ bytes, index, frames, sessionId, choice, insists, otherForm })
  const use = useFrame(bytes, request)
  const [selection, setSelection] = useState<Selection | null>(null)
  const [finding, setFinding] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  const { open } = use
  const number = index + 1
  const view = open?.opened.view ?? choice.view ?? 'hex'
  const pick = (patch: Parameters<typeof choose>[2]) => {
    if (patch.view) setWanted({ bytes, view: patch.view })
    choose(sessionId, index, patch)
  }

  const decodeNs = open?.remote.bytes === bytes ? open.opened.decodeNs : null
  useEffect(() => {
    if (decodeNs !== null) onDecoded?.(index, decodeNs)
  }, [decodeNs, index, onDecoded])

  const isBytes = open ? open.opened.tree !== null || open.opened.view === 'hex' : false
  const openBar = useCallback(() => setFinding(true), [])
  const frameIn = open ? frameUse({ open, number, selection, frames, sessionId }) : null
  useFind(frame, index, isBytes ? openBar : null)
  // What is inside of compression is not read again for each message.
  const plotted = record && open && open.bytes === bytes ? { record, open, frame: index } : null

  return (
    <div
      ref={frame}
      role="group"
      aria-label={`Reply frame ${number}`}
      data-reply-frame={number}
      onContextMenu={openContextMenu(() => (frameIn ? frameItems(frameIn, openBar) : []))}
      data-last={isLast || undefined}
      data-bytes={isBytes || undefined}
      className={classes.frame}
    >
      <div className={classes.line}>
        <FoldNumber number={number} onFold={onFold} />
        {choice.layers.map((layer, depth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a layer has no identity but its depth
          <span key={depth} className={classes.layer}>
            {layerLabels[layer]}
            <CloseButton
              size="xs"
              aria-label={`Close ${layerLabels[layer]} of reply frame ${number}`}
              onClick={() => pick({ layers: choice.layers.slice(0, depth), view: null, form: null })}
            />
            →
          </span>
        ))}
        <ViewSelect
          label={`View reply frame ${number} as`}
          chosen={choice.view}
          automatic={open && choice.view === null ? open.opened.view : null}
          onChoose={(chosen) => pick({ view: chosen, form: chosen && viewFacts[chosen].hasTree ? 'tree' : null })}
        />
        <span className={classes.size}>
          {formatSize(bytes.byteLength)}
          {open && open.bytes !== bytes && open.remote.bytes === bytes ? ` → ${formatSize(open.bytes.byteLength)}` : ''}
        </span>
        {open ? <Suggestions open={open} number={number} onChoose={pick} /> : null}
        {open && viewFacts[view].hasTree ? (
          <SegmentedControl
            aria-label={`Form of reply frame ${number}`}
            data={formChoices.filter(({ value }) => value !== 'pretty' || viewFacts[view].isLaidOut)}
            value={open.opened.form}
            onChange={(form) => (open.opened.unfit === null ? pick({ form }) : setOtherForm(form))}
          />
        ) : null}
        {frameIn ? <FrameActions use={frameIn} number={number} onFind={openBar} /> : null}
      </div>
      {schema ? (
        <MessageTypeSelect
          label={`Message type of reply frame ${number}`}
          value={choice.message}
          schema={schema}
          problem={problem}
          onChange={(message) => pick({ message })}
          onSchemas={() => openDialog('schemas')}
        />
      ) : null}
      <div className={classes.box}>
        <FrameContent
          use={use}
          size={bytes.byteLength}
          number={number}
          selection={selection}
          onSelect={setSelection}
          array={choice.view === 'array' ? (choice.array ?? null) : null}
          onArray={(array) => pick({ view: 'array', array })}
          onInsist={(chosen) => setWanted({ bytes, view: chosen })}
          onPlot={plotted && ((path, what) => plotNode({ ...plotted, message: choice.message }, path, what))}
          onWatch={
            plotted && canWatch(plotted.record)
              ? (path, kind) => watchNode({ ...plotted, message: choice.message }, path, kind)
              : null
          }
          onPlotArray={plotted && ((form) => plotArray(plotted, form))}
          fills={isLast}
          finding={finding}
          onFindClose={() => setFinding(false)}
        />
      </div>
    </div>
  )
}

/** A large frame, which is not decoded until the person opens it. */
export function ClosedFrameView(props: FrameViewProps) {
  const { bytes, index } = props
  /** The next frame in this place starts collapsed again. */
  const [opened, setOpened] = useState<Uint8Array | null>(null)
  if (opened === bytes) return <FrameView {...props} />
  const number = index + 1
  return (
    <div role="group" aria-label={`Reply frame ${number}`} className={classes.frame}>
      <div className={classes.line}>
        <FoldNumber number={number} onFold={props.onFold} />
        <span className={classes.size}>{formatSize(bytes.byteLength)}</span>
      </div>
      <div className={classes.box}>
        <p className={classes.message}>
          Large frame ({formatSize(bytes.byteLength)}), collapsed.{' '}
          <Button size="compact-xs" variant="default" onClick={() => setOpened(bytes)}>
            Show
          </Button>
        </p>
      </div>
    </div>
  )
}
