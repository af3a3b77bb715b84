import { type AppCommand, type AppCommandGroup, appCommands, shortcutInWords } from '../../../shared/app-commands.ts'
import { isMac } from '../../ui/platform.ts'
import classes from './commands.module.css'

const groups = [...new Set(appCommands.map(({ group }) => group))]

function Group({ group, commands }: { readonly group: AppCommandGroup; readonly commands: readonly AppCommand[] }) {
  return (
    <div>
      <h3 className={classes.group}>{group}</h3>
      <dl className={classes.shortcuts}>
        {commands.map(({ id, title, shortcut }) => (
          <div key={id}>
            <dt>{title}</dt>
            <dd>
              <kbd className={classes.keys}>{shortcut ? shortcutInWords(shortcut, isMac) : ''}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** All shortcuts on one page. */
export function Shortcuts() {
  return (
    <div className={classes.sheet}>
      {groups.map((group) => (
        <Group
          key={group}
          group={group}
          commands={appCommands.filter((command) => command.group === group && command.shortcut !== null)}
        />
      ))}
    </div>
  )
}
