import { Button, NativeSelect } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { InspectorError, type Result, toErrorValue } from '../../../shared/errors.ts'
import type { Frame } from '../../../shared/message.ts'
import { languages, programIn } from '../../../shared/program/index.ts'
import { type LanguageId, languageIds } from '../../../shared/program/language-ids.ts'
import { encodeUtf8 } from '../../../shared/utf8.ts'
import { type SocketDraft, socketName, specOf } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { saveSettings } from '../../state/actions.ts'
import { settingsStore, useSettings } from '../../state/settings-store.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import { CodeEditor } from '../../ui/code-editor.tsx'
import { Problem } from '../../ui/problem.tsx'
import classes from './program.module.css'

const choices = languageIds.map((id) => ({ value: id, label: `${languages[id].label} (${languages[id].library})` }))

/** The frames as the host would send them; null until it has encoded them. */
function useFrames({ frames: message, pattern, signing }: SocketDraft): Result<readonly Frame[]> | null {
  const [encoded, setEncoded] = useState<Result<readonly Frame[]> | null>(null)
  const { sends } = patternOf(pattern)
  useEffect(() => {
    let current = true
    const settle = (result: Result<readonly Frame[]>) => {
      if (current) setEncoded(result)
    }
    if (!sends) settle({ ok: true, value: [] })
    else {
      call('message.encode', { message, signing }).then(
        (value) => settle({ ok: true, value }),
        (thrown) => settle({ ok: false, error: toErrorValue(thrown) }),
      )
    }
    return () => {
      current = false
    }
  }, [message, signing, sends])
  return encoded
}

function programOf(id: LanguageId, draft: SocketDraft, frames: Result<readonly Frame[]>): Result<string> {
  if (!frames.ok) return frames
  try {
    return { ok: true, value: programIn(id, { spec: specOf(draft), frames: frames.value, timeoutMs: draft.timeoutMs }) }
  } catch (thrown) {
    if (thrown instanceof InspectorError) return { ok: false, error: thrown.toValue() }
    throw thrown
  }
}

interface ProgramTextProps {
  readonly id: LanguageId
  readonly text: string
  readonly name: string
}

function ProgramText({ id, text, name }: ProgramTextProps) {
  const [copied, setCopied] = useState<string | null>(null)
  const fileName = `${name}.${languages[id].extension}`
  return (
    <>
      <section className={classes.text} aria-label="Program">
        <CodeEditor label={`Program in ${languages[id].label}`} value={text} syntax="plain" />
      </section>
      <div className={classes.actions}>
        <Button
          variant="default"
          onClick={() => void call('file.save', { name: fileName, bytes: encodeUtf8(text) }).catch(report)}
        >
          Save as…
        </Button>
        <Button onClick={() => void call('clipboard.write', { text }).then(() => setCopied(text), report)}>
          {copied === text ? 'Copied' : 'Copy'}
        </Button>
      </div>
    </>
  )
}

/** The active socket and its message as a program, in the language that was chosen last. */
export function Program() {
  const draft = useActiveDraft()
  const id = useSettings(({ programLanguage }) => programLanguage)
  const frames = useFrames(draft)
  const program = useMemo(() => frames && programOf(id, draft, frames), [id, draft, frames])
  return (
    <div className={classes.program}>
      <NativeSelect
        data-autofocus
        label="Language"
        data={choices}
        value={id}
        onChange={(event) => {
          const chosen = languageIds.find((each) => each === event.currentTarget.value)
          if (chosen) void saveSettings({ ...settingsStore.getState(), programLanguage: chosen }).catch(report)
        }}
      />
      {program === null ? null : program.ok ? (
        <ProgramText id={id} text={program.value} name={socketName(draft)} />
      ) : (
        <Problem title={program.error.message} />
      )}
    </div>
  )
}
