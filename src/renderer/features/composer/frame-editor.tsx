import { CloseButton, NativeSelect } from '@mantine/core'
import { useMemo, useRef, useState } from 'react'
import { type EncodingId, encodingIds } from '../../../shared/codecs/codec.ts'
import { encodingFacts } from '../../../shared/codecs/facts.ts'
import { optionsOf } from '../../../shared/codecs/protobuf/options.ts'
import { switchEncoding } from '../../../shared/codecs/switch.ts'
import { type ErrorValue, toErrorValue } from '../../../shared/errors.ts'
import { formatSize } from '../../../shared/format.ts'
import type { DraftFrame } from '../../../shared/workspace.ts'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { loadCodec } from '../../state/codecs.ts'
import { openDialog } from '../../state/dialogs.ts'
import type { EncodedFrame } from '../../state/encode-draft.ts'
import { optionsFor, useSchemas } from '../../state/schema-store.ts'
import { removeFrame, updateFrame } from '../../state/workspace-reducers.ts'
import { applyStep, draftFrame } from '../../state/workspace-store.ts'
import { MessageTypeSelect } from '../../ui/message-type-select.tsx'
import { Problem } from '../../ui/problem.tsx'
import { explain } from '../../ui/terms.ts'
import { AttachedFile } from './attached-file.tsx'
import classes from './composer.module.css'
import { FrameMenu } from './frame-menu.tsx'
import { FrameText } from './frame-text.tsx'
import { loadFile } from './load-file.ts'
import { positionIn } from './position.ts'
import { type KeptText, SwitchNote } from './switch-note.tsx'
import { isEncodedLater } from './text-size.ts'

interface FrameEditorProps {
  readonly sessionId: string
  readonly frame: DraftFrame
  readonly index: number
  readonly count: number
  readonly encoded: EncodedFrame
}

const choices = encodingIds.map((id) => ({ value: id, label: encodingFacts[id].label }))

const unknownSize = (frame: DraftFrame): string => (isEncodedLater(frame) ? 'checked when it is sent' : '')

/** One frame of the message: its encoding, its text and its error, if any. */
export function FrameEditor({ sessionId, frame, index, count, encoded }: FrameEditorProps) {
  const [kept, setKept] = useState<KeptText | null>(null)
  const schema = useSchemas((schemas) => schemas.schema)
  const [fileError, setFileError] = useState<ErrorValue | null>(null)
  const number = index + 1
  const update = (patch: Partial<Omit<DraftFrame, 'id'>>) => applyStep(updateFrame(sessionId, frame.id, patch))

  const { takesMessage } = encodingFacts[frame.encoding]
  const complete = useMemo(() => {
    const { message } = takesMessage ? optionsOf(schema, frame.message) : {}
    if (!message) return undefined
    return async (text: string, offset: number) => {
      const { completeProtobuf } = await import('../../../shared/codecs/protobuf/complete.ts')
      return completeProtobuf(text, offset, message)
    }
  }, [takesMessage, schema, frame.message])

  /** The latest choice: an earlier one whose codec loads later is ignored. */
  const lastChoice = useRef<EncodingId>(undefined)
  const choose = async (encoding: EncodingId) => {
    lastChoice.current = encoding
    const [from, to] = await Promise.all([loadCodec(frame.encoding), loadCodec(encoding)])
    // Text typed while the codec was loading counts too.
    const now = draftFrame(sessionId, frame.id)
    if (!now || now.encoding !== from.id || lastChoice.current !== encoding) return
    const switched = switchEncoding(now.text, from, to, optionsFor(now.message))
    setKept(switched.kept ? null : { reason: switched.reason, encoding: now.encoding, text: now.text })
    update({ encoding, text: switched.text })
  }
  const load = async () => {
    setFileError(null)
    try {
      const loaded = await loadFile(frame.id)
      if (loaded) update(loaded)
    } catch (thrown) {
      setFileError(toErrorValue(thrown))
    }
  }
  const save = async () => {
    setFileError(null)
    try {
      await call('file.save', { name: `frame-${number}.txt`, bytes: new TextEncoder().encode(frame.text) })
    } catch (thrown) {
      setFileError(toErrorValue(thrown))
    }
  }
  const remove = () => applyStep(removeFrame(sessionId, frame.id))

  return (
    <div role="group" aria-label={`Request frame ${number}`} className={classes.frame}>
      <div className={classes.line}>
        <span className={classes.number}>{number}</span>
        <NativeSelect
          aria-label={`Encoding of frame ${number}`}
          className={classes.encoding}
          title={explain('encoding')}
          data={choices}
          value={frame.encoding}
          disabled={frame.attachment !== null}
          onChange={(event) => {
            const chosen = encodingIds.find((id) => id === event.currentTarget.value)
            if (chosen) choose(chosen).catch(report)
          }}
        />
        <span className={classes.size}>
          {encoded.ok ? formatSize(encoded.size) : encoded.error ? 'not valid' : unknownSize(frame)}
        </span>
        <FrameMenu sessionId={sessionId} frame={frame} index={index} count={count} onLoad={() => void load()} />
        <CloseButton
          size="sm"
          aria-label={`Remove frame ${number}`}
          disabled={count === 1}
          title={count === 1 ? 'A message needs at least one frame' : `Remove frame ${number}`}
          onClick={remove}
        />
      </div>
      {encodingFacts[frame.encoding].takesMessage && !frame.attachment ? (
        <MessageTypeSelect
          label={`Message type of frame ${number}`}
          value={frame.message}
          schema={schema}
          onChange={(message) => update({ message })}
          onSchemas={() => openDialog('schemas')}
        />
      ) : null}
      {frame.attachment ? (
        <AttachedFile
          name={frame.attachment.name}
          size={frame.attachment.size}
          missing={!encoded.ok}
          onLoad={() => void load()}
          onDetach={() => update({ attachment: null })}
        />
      ) : (
        <FrameText
          label={`Frame ${number}`}
          encoding={frame.encoding}
          text={frame.text}
          syntax={encodingFacts[frame.encoding].syntax}
          complete={complete}
          fault={encoded.ok ? null : encoded.error}
          onChange={(text) => {
            update({ text })
            setKept(null)
          }}
          onSave={() => void save()}
        />
      )}
      {encoded.ok || !encoded.error ? null : (
        <div role="alert" className={classes.fault}>
          {frame.attachment ? '' : positionIn(frame.text, encoded.error.offset)}
          {encoded.error.message}
        </div>
      )}
      {kept ? (
        <SwitchNote
          kept={kept}
          encoding={frame.encoding}
          onBack={() => {
            update({ encoding: kept.encoding, text: kept.text })
            setKept(null)
          }}
          onDismiss={() => setKept(null)}
        />
      ) : null}
      {fileError ? <Problem title={fileError.message} onDismiss={() => setFileError(null)} /> : null}
    </div>
  )
}
