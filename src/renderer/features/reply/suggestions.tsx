import { ActionIcon, Button, Popover, UnstyledButton } from '@mantine/core'
import { IconBulb, IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { viewFacts } from '../../../shared/codecs/facts.ts'
import type { Suggestion } from '../../../shared/codecs/suggest.ts'
import { layerLabels } from '../../../shared/layers/layer.ts'
import { maximumLayers, type ReplyView } from '../../../shared/workspace.ts'
import type { OpenFrame } from '../../decoding/use-frame.ts'
import { report } from '../../report.ts'
import classes from './reply.module.css'

interface SuggestionsProps {
  readonly open: OpenFrame
  readonly number: number
  readonly onChoose: (patch: Partial<ReplyView>) => void
}

const labelOf = ({ what }: Pick<Suggestion, 'what'>): string =>
  'layer' in what ? layerLabels[what.layer] : viewFacts[what.encoding].label

/** Lists what a frame could be, with reasons, the most likely first. Nothing changes until one is chosen. */
export function Suggestions({ open, number, onChoose }: SuggestionsProps) {
  const [list, setList] = useState<{ readonly of: OpenFrame; readonly items: readonly Suggestion[] } | null>(null)
  const [shown, setShown] = useState(false)
  const { remote, request, opened } = open
  const items = list?.of === open ? list.items : null
  const load = () => {
    remote.call('suggest', null).then(
      (next) => setList({ of: open, items: next }),
      (thrown: unknown) => {
        if (!remote.disposed) report(thrown)
      },
    )
  }
  const choose = ({ what }: Suggestion) => {
    setShown(false)
    if ('encoding' in what) onChoose({ view: what.encoding, form: null })
    else onChoose({ layers: [...request.layers, what.layer], view: null, form: null })
  }
  const label = `What reply frame ${number} could be`
  return (
    <Popover opened={shown} onChange={setShown} onOpen={load} position="bottom-start" width={340}>
      <Popover.Target>
        {opened.could === null ? (
          <ActionIcon
            size={24}
            aria-label={label}
            title="Other ways to read this frame"
            onClick={() => setShown(!shown)}
          >
            <IconBulb size={16} />
          </ActionIcon>
        ) : (
          <Button
            size="compact-xs"
            variant="light"
            aria-label={`Could be ${labelOf({ what: opened.could })}. ${label}`}
            title="Other ways to read this frame"
            leftSection={<IconBulb size={16} />}
            onClick={() => setShown(!shown)}
          >
            Could be {labelOf({ what: opened.could })}
          </Button>
        )}
      </Popover.Target>
      <Popover.Dropdown aria-label={label} className={classes.suggestions}>
        {(items ?? []).map((item) => (
          <SuggestionButton
            key={labelOf(item)}
            item={item}
            blocked={'layer' in item.what && request.layers.length >= maximumLayers}
            chosen={'encoding' in item.what && item.what.encoding === opened.view}
            onChoose={() => choose(item)}
          />
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}

interface SuggestionButtonProps {
  readonly item: Suggestion
  readonly chosen: boolean
  readonly blocked: boolean
  readonly onChoose: () => void
}

function SuggestionButton({ item, chosen, blocked, onChoose }: SuggestionButtonProps) {
  return (
    <UnstyledButton className={classes.suggestion} disabled={blocked} aria-pressed={chosen} onClick={onChoose}>
      <span className={classes.unchosen}>{chosen ? <IconCheck size={14} aria-hidden /> : null}</span>
      <span>
        {labelOf(item)}
        <span className={classes.reason}>{item.reason}</span>
      </span>
    </UnstyledButton>
  )
}
