import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useId, useState } from 'react'
import { reasonOf } from '../../../shared/reason.ts'
import type { SeriesSuggestions } from '../../../shared/series/page.ts'
import type { PlotSeries } from '../../../shared/series/series.ts'
import { shownTopic } from '../../../shared/topics/topic-text.ts'
import { socketName } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { call } from '../../api.ts'
import { addSeries, changeSeries } from '../../state/plot-store.ts'
import { useWorkspace } from '../../state/workspace-store.ts'
import { SourceFields } from '../../ui/source-fields.tsx'
import classes from './plot.module.css'
import { draftOf, readDraft, type SeriesDraft } from './series-draft.ts'

const nothing: SeriesSuggestions = { paths: [], topics: [] }

/** What numbers and topics the newest messages have, as the form is filled in. */
function useSuggestions({ session, direction, frame, encoding, message }: SeriesDraft): SeriesSuggestions {
  const [suggested, setSuggested] = useState(nothing)
  const place = Number(frame) - 1
  useEffect(() => {
    let isCurrent = true
    if (!Number.isInteger(place) || place < 0 || place > 999) return
    call('series.suggest', { session, direction, frame: place, encoding, message }).then(
      (found) => {
        if (isCurrent) setSuggested(found)
      },
      () => {
        if (isCurrent) setSuggested(nothing)
      },
    )
    return () => {
      isCurrent = false
    }
  }, [session, direction, place, encoding, message])
  return suggested
}

interface SeriesFormProps {
  /** The socket that is shown. */
  readonly socket: string
  /** Null to add one. */
  readonly edited: PlotSeries | null
  readonly onClose: () => void
}

/** Adds or changes a series by hand. */
export function SeriesForm({ socket, edited, onClose }: SeriesFormProps) {
  const id = useId()
  const sockets = useWorkspace((workspace) => workspace.sockets)
  const [draft, setDraft] = useState<SeriesDraft>(() => draftOf(edited, socket, sockets))
  const [problem, setProblem] = useState('')
  const set = (patch: Partial<SeriesDraft>) => setDraft({ ...draft, ...patch })
  const suggested = useSuggestions(draft)
  const { problems, series } = readDraft(draft)
  const pattern = sockets.find((each) => each.id === draft.session)?.pattern
  const { sends, receives } = pattern ? patternOf(pattern) : { sends: true, receives: true }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!series) return
    try {
      if (edited) changeSeries(edited.id, series)
      else addSeries([series])
      onClose()
    } catch (thrown) {
      setProblem(reasonOf(thrown))
    }
  }
  return (
    <form className={classes.form} aria-label={edited ? 'Edit series' : 'Add series'} onSubmit={submit}>
      <NativeSelect
        label="Socket"
        data={sockets.map((each) => ({ value: each.id, label: socketName(each) }))}
        value={draft.session}
        onChange={(event) => set({ session: event.currentTarget.value })}
      />
      {sends && receives ? (
        <NativeSelect
          label="Messages"
          data={[
            { value: 'received', label: 'Received' },
            { value: 'sent', label: 'Sent' },
          ]}
          value={draft.direction}
          onChange={(event) => set({ direction: event.currentTarget.value === 'sent' ? 'sent' : 'received' })}
        />
      ) : (
        <span />
      )}
      <NativeSelect
        label="Topic"
        data={[
          { value: 'all', label: 'Any' },
          { value: 'exact', label: 'Is exactly' },
          { value: 'prefix', label: 'Begins with' },
        ]}
        value={draft.how}
        onChange={(event) => {
          const how = (['all', 'exact', 'prefix'] as const).find((each) => each === event.currentTarget.value)
          if (how) set({ how })
        }}
      />
      <TextInput
        label="First frame"
        disabled={draft.how === 'all'}
        error={problems.topic}
        list={`${id}-topics`}
        value={draft.topic.text}
        onChange={(event) => set({ topic: { encoding: 'text', text: event.currentTarget.value } })}
      />
      <datalist id={`${id}-topics`}>
        {suggested.topics
          .filter(({ encoding }) => encoding === 'text')
          .map((topic) => (
            <option key={topic.text} value={topic.text} label={shownTopic(topic)} />
          ))}
      </datalist>
      <SourceFields draft={draft} problems={problems} paths={`${id}-paths`} wide={classes.whole ?? ''} onChange={set} />
      <datalist id={`${id}-paths`}>
        {suggested.paths.map((path) => (
          <option key={path} value={path} />
        ))}
      </datalist>
      <NativeSelect
        label="Along x"
        data={[
          { value: 'arrival', label: 'When it came' },
          { value: 'field', label: 'A value of the message' },
          { value: 'index', label: 'All numbers of the newest message' },
        ]}
        value={draft.x}
        onChange={(event) => {
          const x = (['arrival', 'field', 'index'] as const).find((each) => each === event.currentTarget.value)
          if (x) set({ x })
        }}
      />
      {draft.x === 'field' ? (
        <TextInput
          label="Path of x"
          error={problems.xPath}
          list={`${id}-paths`}
          value={draft.xPath}
          onChange={(event) => set({ xPath: event.currentTarget.value })}
        />
      ) : draft.x === 'index' ? (
        <NativeSelect
          label="Which of them"
          data={[
            { value: '1', label: 'Each' },
            { value: '2/0', label: 'First of two (real)' },
            { value: '2/1', label: 'Second of two (imaginary)' },
          ]}
          value={draft.part}
          onChange={(event) => set({ part: event.currentTarget.value })}
        />
      ) : (
        <span />
      )}
      <TextInput
        className={classes.whole ?? ''}
        label="Name"
        placeholder="As its topic and path"
        error={problems.label}
        value={draft.label}
        onChange={(event) => set({ label: event.currentTarget.value })}
      />
      {problem === '' ? null : (
        <p role="alert" className={classes.whole}>
          {problem}
        </p>
      )}
      <div className={classes.end}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" disabled={series === null}>
          {edited ? 'Change' : 'Add'}
        </Button>
      </div>
    </form>
  )
}
