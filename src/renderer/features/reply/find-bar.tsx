import { ActionIcon, CloseButton, NativeSelect, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { formatCount } from '../../../shared/format.ts'
import type { FindQuery, Found } from '../../decoding/decoder-calls.ts'
import type { OpenFrame } from '../../decoding/use-frame.ts'
import { report } from '../../report.ts'
import classes from './reply.module.css'

export type Place = Found['places'][number]

interface FindBarProps {
  readonly open: OpenFrame
  readonly number: number
  readonly onPlace: (place: Place) => void
  readonly onClose: () => void
}

const nothing: Found = { places: [], more: false, problem: null }

function words({ places, more, problem }: Found, at: number, text: string): string {
  if (text === '') return ''
  if (problem !== null) return problem
  if (places.length === 0) return 'Not found'
  return `${formatCount(at + 1)} of ${formatCount(places.length)}${more ? ' and more' : ''}`
}

/** Searches the tree for text, or the frame for text and bytes, and steps through the matches. */
export function FindBar({ open, number, onPlace, onClose }: FindBarProps) {
  const hasTree = open.opened.tree !== null
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<FindQuery['where']>(hasTree ? 'tree' : 'text')
  const where = chosen === 'tree' && !hasTree ? 'text' : chosen
  const [found, setFound] = useState<{ readonly found: Found; readonly at: number }>({ found: nothing, at: 0 })
  const place = useRef(onPlace)
  place.current = onPlace
  const { remote, opened } = open
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view of the same frame has other places
  useEffect(() => {
    let current = true
    setFound({ found: nothing, at: 0 })
    remote.call('find', { text, where }).then(
      (next) => {
        if (!current) return
        setFound({ found: next, at: 0 })
        const first = next.places[0]
        if (first) place.current(first)
      },
      (thrown: unknown) => {
        if (current && !remote.disposed) report(thrown)
      },
    )
    return () => {
      current = false
    }
  }, [remote, opened, text, where])
  const go = (step: number) => {
    const { places } = found.found
    if (places.length === 0) return
    const at = (found.at + step + places.length) % places.length
    setFound({ ...found, at })
    const next = places[at]
    if (next) onPlace(next)
  }
  const choices = [
    ...(hasTree ? [{ value: 'tree', label: 'Tree' }] : []),
    { value: 'text', label: 'Bytes, as text' },
    { value: 'hex', label: 'Bytes, as hex' },
  ]
  return (
    <search className={classes.find}>
      <TextInput
        aria-label={`Find in reply frame ${number}`}
        placeholder={where === 'hex' ? 'de ad be ef' : 'Find'}
        data-autofocus
        autoFocus
        flex="1 1 110px"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go(event.shiftKey ? -1 : 1)
          if (event.key === 'Escape') onClose()
        }}
      />
      <NativeSelect
        aria-label={`Where to find in reply frame ${number}`}
        data={choices}
        value={where}
        onChange={({ currentTarget: { value } }) => {
          if (value === 'tree' || value === 'text' || value === 'hex') setChosen(value)
        }}
      />
      <div className={classes.steps}>
        <ActionIcon aria-label="Previous place" disabled={found.found.places.length === 0} onClick={() => go(-1)}>
          <IconChevronUp size={16} />
        </ActionIcon>
        <ActionIcon aria-label="Next place" disabled={found.found.places.length === 0} onClick={() => go(1)}>
          <IconChevronDown size={16} />
        </ActionIcon>
        <span role="status" aria-label="Places found" className={classes.found}>
          {words(found.found, found.at, text)}
        </span>
        <CloseButton size="sm" aria-label="Close find" ml="auto" onClick={onClose} />
      </div>
    </search>
  )
}
