import { type AppCommand, type AppCommandGroup, appCommands, shortcutInWords } from '../../../shared/app-commands.ts'
import { isMac } from '../../ui/platform.ts'
import classes from './commands.module.css'

const command = (key: string) => shortcutInWords(`CmdOrCtrl+${key}`, isMac)

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

/** Keys that work in the focused panel. */
const inParts: readonly (readonly [what: string, keys: string])[] = [
  ['Tree: move, expand and collapse', '↑ ↓ ← →'],
  ['Tree: first and last row', 'Home, End'],
  ['Bytes: move; select with Shift', '↑ ↓ ← →'],
  ['Bytes: select all, copy as hex', `${command('A')}, ${command('C')}`],
  ['Find: next and previous match', 'Enter, Shift+Enter'],
  ['Log: move, open an entry', '↑ ↓, Enter'],
  ['Plots: next and previous value', '← →'],
  ['Panels: resize', '↑ ↓ ← →'],
  ['Protobuf text: autocomplete', 'Ctrl+Space'],
]

/** All shortcuts on one page. */
export function Shortcuts() {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <div role="region" aria-label="All shortcuts" tabIndex={0} className={classes.sheet}>
      {groups.map((group) => (
        <Group
          key={group}
          group={group}
          commands={appCommands.filter((command) => command.group === group && command.shortcut !== null)}
        />
      ))}
      <div>
        <h3 className={classes.group}>In the focused panel</h3>
        <dl className={classes.shortcuts}>
          {inParts.map(([what, keys]) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>
                <kbd className={classes.keys}>{keys}</kbd>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  )
}
