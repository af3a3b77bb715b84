import { Button, Tabs } from '@mantine/core'
import { IconActivity, IconChartHistogram, IconFlask, IconList } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { bottomTabs } from '../shared/workspace.ts'
import classes from './bottom-tabs.module.css'
import { openLab } from './state/lab-store.ts'
import { applyStep, useWorkspace } from './state/workspace-store.ts'

interface BottomTabsProps {
  /** What the first tab is called: it has the latency of a REQ, and the rates of other sockets. */
  readonly figuresName: string
  readonly latency: ReactNode
  readonly log: ReactNode
  readonly events: ReactNode
}

/** Latency, log and events, one tab each. */
export function BottomTabs({ figuresName, latency, log, events }: BottomTabsProps) {
  const tab = useWorkspace(({ bottomTab }) => bottomTab)
  const choose = (chosen: string | null) => {
    const bottomTab = bottomTabs.find((each) => each === chosen)
    if (bottomTab) applyStep((workspace) => ({ ...workspace, bottomTab }))
  }
  return (
    <Tabs value={tab} onChange={choose} keepMounted={false} className={classes.tabs}>
      <div className={classes.bar}>
        <Tabs.List className={classes.list}>
          <Tabs.Tab value="latency" leftSection={<IconChartHistogram size={14} />}>
            {figuresName}
          </Tabs.Tab>
          <Tabs.Tab value="log" leftSection={<IconList size={14} />}>
            Log
          </Tabs.Tab>
          <Tabs.Tab value="events" leftSection={<IconActivity size={14} />}>
            Events
          </Tabs.Tab>
        </Tabs.List>
        <Button
          variant="subtle"
          className={classes.lab ?? ''}
          leftSection={<IconFlask size={14} />}
          onClick={() => openLab(true)}
        >
          Latency lab
        </Button>
      </div>
      <Tabs.Panel value="latency" className={classes.panel}>
        {latency}
      </Tabs.Panel>
      <Tabs.Panel value="log" className={classes.panel}>
        {log}
      </Tabs.Panel>
      <Tabs.Panel value="events" className={classes.panel}>
        {events}
      </Tabs.Panel>
    </Tabs>
  )
}
