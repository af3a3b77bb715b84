import { CloseButton, NativeSelect } from '@mantine/core'
import { useMemo, useState } from 'react'
import { encodingIds } from '../../../shared/codecs/codec.ts'
import { encodingFacts } from '../../../shared/codecs/facts.ts'
import { optionsOf } from '../../../shared/codecs/protobuf/options.ts'
import { type ErrorValue, toErrorValue } from '../../../shared/errors.ts'
import { formatSize } from '../../../shared/format.ts'
import type { DraftFrame } from '../../../shared/workspace.ts'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { openDialog } from '../../state/dialogs.ts'
import type { EncodedFrame } from '../../state/encode-draft.ts'
import { removeFrameAt } from '../../state/frame-actions.ts'
import { noteFrame } from '../../state/frame-commands.ts'
import { loadIntoFrame } from '../../state/load-into-frame.ts'
import { fewFrames, setFramesOpen } from '../../state/open-frames.ts'
import { schemaProblem, useSchemas } from '../../state/schema-store.ts'
import { setOutcome } from '../../state/session-store.ts'
import { forgetSwitch, useSwitchNote } from '../../state/switch-notes.ts'
import { updateFrame } from '../../state/workspace-reducers.ts'
import { applyStep, draftFrame } from '../../state/workspace-store.ts'
import type { Fault } from '../../ui/code-editor.tsx'
import { openContextMenu } from '../../ui/context-menu.tsx'
import { explained } from '../../ui/explained.ts'
import { FoldNumber } from '../../ui/fold-number.tsx'
import { MessageTypeSelect } from '../../ui/message-type-select.tsx'
import { Problem } from '../../ui/problem.tsx'
import { AttachedFile } from './attached-file.tsx'
import classes from './composer.module.css'
import { FrameHandle, useFrameDrop } from './frame-drag.tsx'
import { frameItems } from './frame-items.ts'
import { FrameMenu } from './frame-menu.tsx'
import { FrameMessageLine } from './frame-message.tsx'
import { type FrameMessage, messageOf } from './frame-message-of.ts'
import { FrameText } from './frame-text.tsx'
import { unknownSize } from './text-size.ts'
import { useEncoding } from './use-encoding.ts'

export interface FrameEditorProps {
  readonly sessionId: string
  readonly frame: DraftFrame
  readonly index: number
  readonly count: number
  readonly encoded: EncodedFrame
  /** Why the message was not sent, where that is because of this frame. */
  readonly refused: ErrorValue | null
}

const choices = encodingIds.map((id) => ({ value: id, label: encodingFacts[id].label }))

/** A message type whose fields are all at their defaults has no bytes, which is no mistake. */
const sizeOf = (size: number, isTyped: boolean): string =>
  size === 0 && isTyped ? '0 B: all fields at their defaults' : formatSize(size)

const invalidity = (message: FrameMessage | null): string =>
  message?.kind === 'no-type' ? 'needs a type' : 'not valid'

/** The part of the text that the message is about. */
function markOf(message: FrameMessage | null): Fault | null {
  if (message?.kind === 'fault') return message.fault
  if (message?.kind !== 'refused' || !message.refusal.place) return null
  const { start, end } = message.refusal.place
  return { offset: start, length: end - start, message: message.refusal.message }
}

/** One frame of the message: its encoding, its text and its error, if any. */
export function FrameEditor({ sessionId, frame, index, count, encoded, refused }: FrameEditorProps) {
  const schema = useSchemas((schemas) => schemas.schema)
  const problem = useSchemas(schemaProblem)
  const [fileError, setFileError] = useState<ErrorValue | null>(null)
  const number = index + 1
  const update = (patch: Partial<Omit<DraftFrame, 'id'>>) => {
    forgetSwitch(frame.id)
    // What was wrong with it is another text's fault now.
    if (refused) setOutcome(sessionId, { error: null })
    applyStep(updateFrame(sessionId, frame.id, patch))
  }
  const { chooseEncoding, chooseMessage } = useEncoding(sessionId, frame, update)
  const message = messageOf(frame, encoded, useSwitchNote(frame), schema)

  const { takesMessage } = encodingFacts[frame.encoding]
  const complete = useMemo(() => {
    const { message } = takesMessage ? optionsOf(schema, frame.message) : {}
    if (!message) return undefined
    return async (text: string, offset: number) => {
      const { completeProtobuf } = await import('../../../shared/codecs/protobuf/complete.ts')
      return completeProtobuf(text, offset, message)
    }
  }, [takesMessage, schema, frame.message])

  const load = async (dropped: File | null = null) => {
    setFileError(null)
    try {
      await loadIntoFrame(sessionId, frame.id, number, dropped)
      if (refused) setOutcome(sessionId, { error: null })
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
  const remove = () => {
    forgetSwitch(frame.id)
    removeFrameAt(sessionId, frame, index)
  }
  const items = () => frameItems({ sessionId, frame, index, count, onLoad: () => load(), onRemove: remove })
  const drop = useFrameDrop(sessionId, index, (file) => void load(file))

  return (
    <div
      role="group"
      aria-label={`Request frame ${number}`}
      data-frame={frame.id}
      data-faulty={refused !== null || undefined}
      className={classes.frame}
      onContextMenu={openContextMenu(items)}
      onFocus={() => noteFrame(frame.id)}
      {...drop}
    >
      <div className={classes.line}>
        {count > 1 ? <FrameHandle frameId={frame.id} number={number} /> : null}
        <FoldNumber number={number} onFold={count > fewFrames ? () => setFramesOpen([frame.id], false) : null} />
        <NativeSelect
          aria-label={`Encoding of frame ${number}`}
          className={classes.encoding}
          {...explained('encoding')}
          data={choices}
          value={frame.encoding}
          disabled={frame.attachment !== null}
          onChange={(event) => {
            const chosen = encodingIds.find((id) => id === event.currentTarget.value)
            if (chosen) chooseEncoding(chosen).catch(report)
          }}
        />
        <span className={classes.size}>
          {encoded.ok
            ? sizeOf(encoded.size, takesMessage && frame.message !== null)
            : encoded.error
              ? invalidity(message)
              : unknownSize(frame)}
        </span>
        <FrameMenu number={number} items={items} />
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
          problem={problem}
          onChange={(chosen) => chooseMessage(chosen).catch(report)}
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
          fault={markOf(message)}
          onChange={(text) => {
            // The editor also tells what it was given.
            if (text !== draftFrame(sessionId, frame.id)?.text) update({ text })
          }}
          onSave={() => void save()}
        />
      )}
      {message ? (
        <FrameMessageLine
          message={message}
          frame={frame}
          onText={(text) => update({ text })}
          onBack={({ encoding, text }) => update({ encoding, text })}
          onDismiss={() => forgetSwitch(frame.id)}
          onSchemas={() => openDialog('schemas')}
        />
      ) : null}
      {refused && message === null ? (
        <div role="alert" className={classes.fault}>
          {refused.message}
        </div>
      ) : null}
      {fileError ? <Problem title={fileError.message} onDismiss={() => setFileError(null)} /> : null}
    </div>
  )
}
