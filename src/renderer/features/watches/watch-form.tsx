import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { timeUnitLabels, timeUnits, type Watch, watchKinds, watchLabels } from '../../../shared/watch/watch.ts'
import {
  newWatchDraft,
  readWatchDraft,
  type WatchDraft,
  type WatchProblems,
} from '../../../shared/watch/watch-draft.ts'
import { SourceFields } from '../../ui/source-fields.tsx'
import classes from './watches.module.css'

interface WatchFormProps {
  readonly initial: WatchDraft
  /** Whether its messages have topics. */
  readonly hasTopics: boolean
  readonly onDone: (watch: Watch) => void
  readonly onCancel: () => void
}

/** Writes a watch. What is wrong is said at its field, and nothing is lost. */
export function WatchForm({ initial, hasTopics, onDone, onCancel }: WatchFormProps) {
  const [draft, setDraft] = useState(initial)
  const [problems, setProblems] = useState<WatchProblems>({})
  const set = (patch: Partial<WatchDraft>) => {
    setDraft({ ...draft, ...patch })
    setProblems({})
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const read = readWatchDraft(draft)
    if ('watch' in read) onDone(read.watch)
    else setProblems(read.problems)
  }
  return (
    <form aria-label="Watch" className={classes.form} onSubmit={submit}>
      <NativeSelect
        label="Kind"
        w={112}
        data={watchKinds.map((kind) => ({ value: kind, label: watchLabels[kind] }))}
        value={draft.kind}
        onChange={(event) => {
          const kind = watchKinds.find((each) => each === event.currentTarget.value)
          const { path } = newWatchDraft(draft.id, kind ?? draft.kind, hasTopics)
          if (kind) set({ kind, path: draft.encoding === 'json' ? path : draft.path })
        }}
      />
      {draft.kind === 'rate' ? (
        <>
          <TextInput
            label="Silent for, in seconds"
            w={150}
            value={draft.silentSeconds}
            error={problems.silentSeconds}
            onChange={(event) => set({ silentSeconds: event.currentTarget.value })}
          />
          <TextInput
            label="Over, a second"
            w={120}
            placeholder="never"
            value={draft.overPerSecond}
            error={problems.overPerSecond}
            onChange={(event) => set({ overPerSecond: event.currentTarget.value })}
          />
        </>
      ) : (
        <SourceFields draft={draft} problems={problems} onChange={set} />
      )}
      {draft.kind === 'age' ? (
        <>
          <NativeSelect
            label="Unit"
            w={120}
            data={timeUnits.map((unit) => ({ value: unit, label: timeUnitLabels[unit] }))}
            value={draft.unit}
            onChange={(event) => {
              const unit = timeUnits.find((each) => each === event.currentTarget.value)
              if (unit) set({ unit })
            }}
          />
          <TextInput
            label="Late after, in ms"
            w={120}
            placeholder="never"
            value={draft.lateMs}
            error={problems.lateMs}
            onChange={(event) => set({ lateMs: event.currentTarget.value })}
          />
        </>
      ) : null}
      <TextInput
        label="Topic begins with"
        w={200}
        placeholder="all messages"
        value={draft.topic}
        error={problems.topic}
        onChange={(event) => set({ topic: event.currentTarget.value })}
      />
      {draft.kind === 'sequence' ? (
        <Checkbox
          label="Each first frame for itself"
          checked={draft.perTopic}
          onChange={(event) => set({ perTopic: event.currentTarget.checked })}
        />
      ) : null}
      <div className={classes.buttons}>
        <Button type="submit">Watch</Button>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
