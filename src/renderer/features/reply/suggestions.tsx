import { ActionIcon, Menu } from '@mantine/core'
import { IconBulb, IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { codecs } from '../../../shared/codecs/index.ts'
import type { Suggestion } from '../../../shared/codecs/suggest.ts'
import { layers } from '../../../shared/layers/index.ts'
import type { ReplyView } from '../../../shared/workspace.ts'
import type { OpenFrame } from '../../decoding/use-frame.ts'
import { report } from '../../state/boot.ts'
import classes from './reply.module.css'

interface SuggestionsProps {
  readonly open: OpenFrame
  readonly number: number
  readonly onChoose: (patch: Partial<ReplyView>) => void
}

const labelOf = ({ what }: Suggestion): string =>
  'layer' in what ? layers[what.layer].label : codecs[what.encoding].label

/** Lists what a frame could be, each with its reason, the likeliest first. Nothing is chosen until it is pressed. */
export function Suggestions({ open, number, onChoose }: SuggestionsProps) {
  const [list, setList] = useState<{ readonly of: OpenFrame; readonly items: readonly Suggestion[] } | null>(null)
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
    if ('encoding' in what) onChoose({ view: what.encoding, form: null })
    else onChoose({ layers: [...request.layers, what.layer], view: null, form: null })
  }
  return (
    <Menu position="bottom-start" withinPortal transitionProps={{ duration: 0 }} width={340} onOpen={load}>
      <Menu.Target>
        <ActionIcon
          size={24}
          aria-label={`What reply frame ${number} could be`}
          title="What this frame could be, and why"
        >
          <IconBulb size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(items ?? []).map((item) => {
          const cannotOpen = 'layer' in item.what && layers[item.what.layer].open === undefined
          const isChosen = 'encoding' in item.what && item.what.encoding === opened.view
          return (
            <Menu.Item
              key={labelOf(item)}
              disabled={cannotOpen}
              leftSection={
                isChosen ? <IconCheck size={14} aria-label="Chosen" /> : <span className={classes.unchosen} />
              }
              onClick={() => choose(item)}
            >
              <span className={classes.suggestion}>{labelOf(item)}</span>
              <span className={classes.reason}>
                {item.reason}
                {cannotOpen ? '; it cannot be opened here' : ''}
              </span>
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
