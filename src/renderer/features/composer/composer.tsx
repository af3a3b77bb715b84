import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useMemo } from 'react'
import { formatSize } from '../../../shared/format.ts'
import { type DraftFrame, maximumFrames } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { report } from '../../report.ts'
import { loadCodecsOf, useLoadedCodecs } from '../../state/codecs.ts'
import { type EncodedFrame, encodeFrame } from '../../state/encode-draft.ts'
import { layOutFrame, onFormatRequest } from '../../state/format.ts'
import { useSchemas } from '../../state/schema-store.ts'
import { addFrame } from '../../state/workspace-reducers.ts'
import { applyStep, useActiveDraft } from '../../state/workspace-store.ts'
import { Heading } from '../../ui/heading.tsx'
import { explain } from '../../ui/terms.ts'
import classes from './composer.module.css'
import { FrameEditor } from './frame-editor.tsx'
import { PeerInput } from './peer-input.tsx'
import { SendBar } from './send-bar.tsx'
import { SizeHint } from './size-hint.tsx'
import { isEncodedLater } from './text-size.ts'

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
  const isRequest = draft.pattern === 'req'
  const isAnswer = patternOf(draft.pattern).lockstep === 'receive-first'
  return (
    <section aria-label={isRequest ? 'Request' : 'Send'} data-part="request" className={classes.composer}>
      <div className={classes.heading}>
        <Heading aside={<span className="tabular">{totalSize(encoded, draft.frames.some(isEncodedLater))}</span>}>
          {isRequest ? 'Request' : isAnswer ? 'Answer' : 'Send'}
        </Heading>
      </div>
      <div className={classes.frames}>
        {draft.frames.map((frame, index) => (
          <FrameEditor
            key={frame.id}
            sessionId={draft.id}
            frame={frame}
            index={index}
            count={draft.frames.length}
            encoded={encoded[index] ?? encodedLater}
          />
        ))}
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          className={classes.add}
          title={explain('frame')}
          disabled={draft.frames.length >= maximumFrames}
          onClick={() => applyStep(addFrame(draft.id, crypto.randomUUID()))}
        >
          Add frame
        </Button>
      </div>
      <SizeHint encoded={encoded} />
      {patternOf(draft.pattern).envelope === 'peer' ? <PeerInput draft={draft} /> : null}
      <SendBar />
    </section>
  )
}
