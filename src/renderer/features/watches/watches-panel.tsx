import { ActionIcon, Button } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { formatClock, formatIso } from '../../../shared/format.ts'
import { isAlarming } from '../../../shared/watch/alarming.ts'
import type { WatchState } from '../../../shared/watch/state.ts'
import { mostWatches, type Watch, watchLabels } from '../../../shared/watch/watch.ts'
import { draftOfWatch, newWatchDraft, type WatchDraft } from '../../../shared/watch/watch-draft.ts'
import { clockWords, stateWords, watchWords } from '../../../shared/watch/watch-words.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { useSessions } from '../../state/session-store.ts'
import { changeWatches } from '../../state/watches.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import { IsolatedText } from '../../ui/isolated-text.tsx'
import { WatchForm } from './watch-form.tsx'
import classes from './watches.module.css'

const mostListed = 50

interface WatchItemProps {
  readonly watch: Watch
  /** What it has found since the socket was opened last; undefined before. */
  readonly state: WatchState | undefined
  readonly isOpen: boolean
  readonly onEdit: () => void
  readonly onRemove: () => void
}

/** What a watch looks at, and what it has found. */
function WatchItem({ watch, state, isOpen, onEdit, onRemove }: WatchItemProps) {
  const name = `${watchLabels[watch.kind]} ${watchWords(watch)}`
  const clock = state ? clockWords(state) : null
  const found = [...(state ? [stateWords(state)] : []), ...(isOpen ? [] : ['The socket is not open.'])].join(' · ')
  return (
    <li className={classes.watch} data-alarming={(state && isAlarming(state)) || undefined}>
      <div className={classes.line}>
        <strong className={classes.kind}>{watchLabels[watch.kind]}</strong>
        <span className={classes.what} title={watchWords(watch)}>
          <IsolatedText line={watchWords(watch)} />
        </span>
        <span className={classes.found}>{found}</span>
        <span className={classes.actions}>
          <ActionIcon size={24} aria-label={`Edit ${name}`} title="Edit" onClick={onEdit}>
            <IconPencil size={14} />
          </ActionIcon>
          <ActionIcon size={24} aria-label={`Remove ${name}`} title="Remove" onClick={onRemove}>
            <IconTrash size={14} />
          </ActionIcon>
        </span>
      </div>
      {clock === null ? null : <p className={classes.clock}>{clock}</p>}
    </li>
  )
}

/** What all watches have found, the newest first. */
function IncidentList({
  watches,
  states,
}: {
  readonly watches: readonly Watch[]
  readonly states: readonly WatchState[]
}) {
  const incidents = states
    .flatMap(({ id, incidents: found }) => {
      const watch = watches.find((each) => each.id === id)
      return watch
        ? found.map((incident, place) => ({ ...incident, kind: watch.kind, key: `${id} ${found.length - place}` }))
        : []
    })
    .sort((one, other) => other.at - one.at)
    .slice(0, mostListed)
  if (incidents.length === 0) return null
  return (
    <table aria-label="What was found" className={classes.incidents}>
      <tbody>
        {incidents.map(({ at, words, kind, key }) => (
          <tr key={`${key} ${at}`}>
            <td className={classes.time} title={formatIso(at)}>
              {formatClock(at)}
            </td>
            <td className={classes.of}>{watchLabels[kind]}</td>
            <td>{words}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What is watched of the messages that a socket receives: sequences, ages, and how often they come. */
export function WatchesPanel() {
  const { id, pattern, watches } = useActiveDraft()
  const states = useSessions(({ sessions }) => sessions[id]?.watches) ?? []
  const isOpen = useSessions(({ sessions }) => sessions[id]?.phase === 'open')
  const [edited, setEdited] = useState<WatchDraft | null>(null)
  const hasTopics = patternOf(pattern).group === 'Publish and subscribe'
  const take = (watch: Watch) => {
    const isKnown = watches.some((each) => each.id === watch.id)
    void changeWatches(id, (before) =>
      isKnown ? before.map((each) => (each.id === watch.id ? watch : each)) : [...before, watch],
    )
    setEdited(null)
  }
  return (
    <section aria-label="Watches" data-part="watches" className={classes.panel}>
      {watches.length === 0 && !edited ? (
        <p className={classes.empty}>
          Watch a sequence to see what is missing, a time to see how old messages are, or the rate to be told of
          silence.
        </p>
      ) : null}
      {watches.length === 0 ? null : (
        <ul className={classes.list}>
          {watches.map((watch) => (
            <WatchItem
              key={watch.id}
              watch={watch}
              state={states.find((each) => each.id === watch.id)}
              isOpen={isOpen}
              onEdit={() => setEdited(draftOfWatch(watch, hasTopics))}
              onRemove={() => void changeWatches(id, (before) => before.filter((each) => each.id !== watch.id))}
            />
          ))}
        </ul>
      )}
      {edited ? (
        <WatchForm
          key={edited.id}
          initial={edited}
          hasTopics={hasTopics}
          onDone={take}
          onCancel={() => setEdited(null)}
        />
      ) : (
        <Button
          className={classes.add ?? ''}
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          disabled={watches.length >= mostWatches}
          onClick={() => setEdited(newWatchDraft(crypto.randomUUID(), 'sequence', hasTopics))}
        >
          Add a watch
        </Button>
      )}
      <IncidentList watches={watches} states={states} />
    </section>
  )
}
