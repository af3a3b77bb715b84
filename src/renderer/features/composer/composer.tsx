import { Button } from '@mantine/core'
import { lazy, Suspense, useEffect, useMemo, useRef } from 'react'
import { formatSize } from '../../../shared/format.ts'
import { delimiter } from '../../../shared/jupyter/message.ts'
import type { DraftFrame } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { report } from '../../report.ts'
import { loadCodecsOf, useLoadedCodecs } from '../../state/codecs.ts'
import { type EncodedFrame, encodeFrame } from '../../state/encode-draft.ts'
import { layOutFrame, onFormatRequest } from '../../state/format.ts'
import { fewFrames, setFramesOpen, useOpenFrames } from '../../state/open-frames.ts'
import { useSchemas } from '../../state/schema-store.ts'
import { refusedFrame, useSessions } from '../../state/session-store.ts'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep, useActiveDraft } from '../../state/workspace-store.ts'
import { Heading } from '../../ui/heading.tsx'
import classes from './composer.module.css'
import { ComposerFooter } from './composer-footer.tsx'
import { FoldedEditor } from './folded-editor.tsx'
import { FrameEditor } from './frame-editor.tsx'
import { PeerInput } from './peer-input.tsx'
import { SizeHint } from './size-hint.tsx'
import { isEncodedLater } from './text-size.ts'

/** Loaded with the first message of many frames. */
const FramesBar = lazy(async () => ({ default: (await import('../../ui/frames-bar.tsx')).FramesBar }))

function totalSize(encoded: readonly EncodedFrame[], hasMore: boolean): string {
  const size = encoded.reduce((total, frame) => total + (frame.ok ? frame.size : 0), 0)
  const faulty = encoded.filter((frame) => !frame.ok && frame.error).length
  const frames = encoded.length === 1 ? '1 frame' : `${encoded.length} frames`
  return faulty > 0
    ? `${frames}, ${encoded.length === 1 ? '' : `${faulty} `}not valid`
    : `${frames} · ${hasMore ? 'more than ' : ''}${formatSize(size)}`
}

const encodedLater: EncodedFrame = { ok: false, error: null }

/** Encodes each frame once, however often others change: one may be long. */
function encodeOnce(): (frame: DraftFrame) => EncodedFrame {
  const known = new WeakMap<DraftFrame, EncodedFrame>()
  return (frame) => {
    const encoded = known.get(frame) ?? (isEncodedLater(frame) ? encodedLater : encodeFrame(frame))
    known.set(frame, encoded)
    return encoded
  }
}

/** The message to send, frame by frame. */
export function Composer() {
  const draft = useActiveDraft()
  const schema = useSchemas((schemas) => schemas.schema)
  const codecs = useLoadedCodecs()
  // biome-ignore lint/correctness/useExhaustiveDependencies: other message types make other bytes of the same text, and a codec that is loaded makes some
  const encode = useMemo(() => encodeOnce(), [schema, codecs])
  const encoded = useMemo(() => draft.frames.map(encode), [draft.frames, encode])
  useEffect(() => {
    loadCodecsOf(draft.frames).catch(report)
  }, [draft.frames])
  useEffect(
    () =>
      onFormatRequest(() => {
        const focused = document.activeElement?.closest<HTMLElement>('[data-frame]')?.dataset.frame
        // Without the focus in one of them, all are meant.
        const meant = draft.frames.filter(({ id }) => focused === undefined || id === focused)
        for (const { id } of meant) layOutFrame(draft.id, id, 'format').catch(report)
      }),
    [draft],
  )
  const error = useSessions(({ outcomes }) => outcomes[draft.id]?.error ?? null)
  const refused = refusedFrame(error)
  const open = useOpenFrames()
  const list = useRef<HTMLDivElement>(null)
  const goToFrame = (number: number) => {
    const frame = draft.frames[number - 1]
    if (!frame) return
    setFramesOpen([frame.id], true)
    // It is there as soon as it is drawn.
    requestAnimationFrame(() => {
      const place = list.current?.querySelector<HTMLElement>(`[data-frame="${CSS.escape(frame.id)}"]`)
      place?.scrollIntoView({ block: 'start' })
      const text = place?.querySelector<HTMLElement>('[role="textbox"]') ?? place?.querySelector<HTMLElement>('button')
      text?.focus({ preventScroll: true })
    })
  }
  const isRequest = draft.pattern === 'req'
  const isAnswer = patternOf(draft.pattern).lockstep === 'receive-first'
  return (
    <section aria-label={isRequest ? 'Request' : 'Send'} data-part="request" className={classes.composer}>
      <div className={classes.heading}>
        <Heading aside={<span className="tabular">{totalSize(encoded, draft.frames.some(isEncodedLater))}</span>}>
          {isRequest ? 'Request' : isAnswer ? 'Answer' : 'Send'}
        </Heading>
      </div>
      {draft.frames.length > fewFrames ? (
        <Suspense fallback={null}>
          <FramesBar
            of={isRequest ? 'the request' : 'the message'}
            count={draft.frames.length}
            onGo={goToFrame}
            onFoldAll={(folded) =>
              setFramesOpen(
                draft.frames.map(({ id }) => id),
                !folded,
              )
            }
          />
        </Suspense>
      ) : null}
      {draft.signing ? (
        <p className={classes.signed}>
          Signed on sending: the frame behind {delimiter} becomes the HMAC-SHA256 of the four after it.
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => applyStep(updateSocket(draft.id, { signing: null }))}
          >
            Do not sign
          </Button>
        </p>
      ) : null}
      <div ref={list} className={classes.frames}>
        {draft.frames.map((frame, index) => {
          const isFolded = draft.frames.length > fewFrames && index !== refused && !open.has(frame.id)
          const about = { frame, index, encoded: encoded[index] ?? encodedLater }
          return isFolded ? (
            <FoldedEditor key={frame.id} {...about} />
          ) : (
            <FrameEditor
              key={frame.id}
              {...about}
              sessionId={draft.id}
              count={draft.frames.length}
              refused={index === refused ? error : null}
            />
          )
        })}
      </div>
      <SizeHint encoded={encoded} />
      {patternOf(draft.pattern).envelope === 'peer' ? <PeerInput draft={draft} /> : null}
      <ComposerFooter />
    </section>
  )
}
