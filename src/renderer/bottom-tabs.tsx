import { ActionIcon, Button, Tabs } from '@mantine/core'
import {
  IconActivity,
  IconChartHistogram,
  IconChevronDown,
  IconChevronUp,
  IconEye,
  IconFlask,
  IconList,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { bottomTabs } from '../shared/workspace.ts'
import classes from './bottom-tabs.module.css'
import { openLab } from './state/lab-store.ts'
import { applyStep, useWorkspace } from './state/workspace-store.ts'

/** Figures of the active socket. */
interface Figures {
  readonly value: 'latency' | 'round-trips' | 'watches'
  readonly name: string
  /** What stands behind the name. */
  readonly badge?: ReactNode
  readonly content: ReactNode
}

interface BottomTabsProps {
  /** One tab each; the first is shown in place of one that this socket does not have. */
  readonly figures: readonly [Figures, ...Figures[]]
  readonly log: ReactNode
  readonly events: ReactNode
  /** Whether only the tabs are shown. */
  readonly folded: boolean
  readonly onFold: (folded: boolean) => void
}

/** Figures, log and events, one tab each. */
export function BottomTabs({ figures, log, events, folded, onFold }: BottomTabsProps) {
  const kept = useWorkspace(({ bottomTab }) => bottomTab)
  const isThere = kept === 'log' || kept === 'events' || figures.some(({ value }) => value === kept)
  const choose = (chosen: string | null) => {
    const bottomTab = bottomTabs.find((each) => each === chosen)
    if (bottomTab) applyStep((workspace) => ({ ...workspace, bottomTab }))
    onFold(false)
  }
  const shown = isThere ? kept : 'latency'
  const unfold = () => onFold(false)
  return (
    <Tabs value={shown} onChange={choose} keepMounted={false} className={classes.tabs}>
      <div className={classes.bar}>
        <Tabs.List className={classes.list}>
          {figures.map(({ value, name, badge }) => {
            const Icon = value === 'watches' ? IconEye : IconChartHistogram
            return (
              <Tabs.Tab key={value} value={value} leftSection={<Icon size={14} />} onClick={unfold}>
                {name}
                {badge}
              </Tabs.Tab>
            )
          })}
          <Tabs.Tab value="log" leftSection={<IconList size={14} />} onClick={unfold}>
            Log
          </Tabs.Tab>
          <Tabs.Tab value="events" leftSection={<IconActivity size={14} />} onClick={unfold}>
            Events
          </Tabs.Tab>
        </Tabs.List>
        <Button
          variant="subtle"
          aria-label="Latency lab"
          className={classes.lab ?? ''}
          leftSection={<IconFlask size={14} />}
          onClick={() => openLab(true)}
        >
          Latency lab
        </Button>
        <ActionIcon
          aria-label={folded ? 'Unfold the panel' : 'Fold the panel'}
          title={folded ? 'Unfold the panel' : 'Fold the panel'}
          aria-expanded={!folded}
          className={classes.fold}
          onClick={() => onFold(!folded)}
        >
          {folded ? <IconChevronUp size={14} /> : <IconChevronDown size={14} />}
        </ActionIcon>
      </div>
      {figures.map(({ value, content }) => (
        <Tabs.Panel key={value} value={value} className={classes.panel}>
          {content}
        </Tabs.Panel>
      ))}
      <Tabs.Panel value="log" className={classes.panel}>
        {log}
      </Tabs.Panel>
      <Tabs.Panel value="events" className={classes.panel}>
        {events}
      </Tabs.Panel>
    </Tabs>
  )
}
