import { ActionIcon, Menu } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Fragment } from 'react'
import { patternGroups, patternIds, patternOf } from '../../../shared/zmq/patterns.ts'
import { openDialog } from '../../state/dialogs.ts'
import { newSocketTab } from '../../state/socket-tabs.ts'
import classes from './new-socket-menu.module.css'

const startWords = 'Bitcoin Core, Jupyter, GNU Radio, PlotJuggler, pyzmq'

/** Offers every kind of socket, in groups, with a sentence each. */
export function NewSocketMenu() {
  return (
    <Menu position="right-start" withinPortal width={460} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon aria-label="New socket" title="New socket">
          <IconPlus size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu ?? ''}>
        <Menu.Item
          aria-label="Start from…"
          aria-description={startWords}
          className={classes.item ?? ''}
          onClick={() => openDialog('start-from')}
        >
          <span className={classes.label}>Start from…</span>
          <span className={classes.words}>{startWords}</span>
        </Menu.Item>
        {patternGroups.map((group) => (
          <Fragment key={group}>
            <Menu.Label>{group}</Menu.Label>
            {patternIds
              .filter((id) => patternOf(id).group === group)
              .map((id) => {
                const { label, words } = patternOf(id)
                return (
                  <Menu.Item
                    key={id}
                    aria-label={label}
                    aria-description={words}
                    className={classes.item ?? ''}
                    onClick={() => newSocketTab(id)}
                  >
                    <span className={classes.label}>{label}</span>
                    <span className={classes.words}>{words}</span>
                  </Menu.Item>
                )
              })}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
