import { Button, CloseButton } from '@mantine/core'
import { IconFile, IconFilePlus, IconFolder, IconFolderPlus, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Input } from '../../../shared/contract/index.ts'
import { formatCount } from '../../../shared/format.ts'
import type { SchemaProblem, SchemaState } from '../../../shared/protobuf-sources.ts'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { useSchemas } from '../../state/schema-store.ts'
import { Reading } from './reading.tsx'
import classes from './schemas.module.css'

const add = (what: Input<'schema.add'>['what']) => void call('schema.add', { what }).catch(report)

function placeOf({ path, line, column }: SchemaProblem): string {
  return [path, line, column].filter((part) => part !== null).join(':')
}

interface EntryProps {
  readonly path: string
  readonly icon: ReactNode
  readonly problem: SchemaProblem | null
  readonly onRemove: () => Promise<unknown>
}

function Entry({ path, icon, problem, onRemove }: EntryProps) {
  return (
    <li className={classes.entry}>
      <div className={classes.line}>
        {icon}
        <span className={classes.path} title={path}>
          {path}
        </span>
        <CloseButton size="sm" aria-label={`Remove ${path}`} onClick={() => void onRemove().catch(report)} />
      </div>
      {problem ? (
        <p role="alert" className={classes.problem} data-severity={problem.severity}>
          {problem.message}
          {problem.path === path && problem.line === null ? null : (
            <span className={classes.place}>{placeOf(problem)}</span>
          )}
        </p>
      ) : null}
    </li>
  )
}

function Sources({ state }: { readonly state: SchemaState }) {
  if (state.sources.length === 0) {
    return (
      <p className={classes.empty}>
        Add .proto files, a folder of them, or a descriptor set from <code>protoc --descriptor_set_out</code>.
      </p>
    )
  }
  return (
    <ul className={classes.list} aria-label="Schema files and folders">
      {state.sources.map(({ id, path, kind, problem }) => (
        <Entry
          key={id}
          path={path}
          icon={kind === 'folder' ? <IconFolder size={16} aria-hidden /> : <IconFile size={16} aria-hidden />}
          problem={problem}
          onRemove={() => call('schema.remove', { id })}
        />
      ))}
    </ul>
  )
}

/** The sources of Protobuf message types, with their problems. Files are reloaded when they change. */
export function Schemas() {
  const state = useSchemas((schemas) => schemas.state)
  const count = state.messageCount === 1 ? '1 message type' : `${formatCount(state.messageCount)} message types`
  return (
    <>
      <p className={classes.facts} role="status">
        {count}.{' '}
        {state.stale
          ? 'A file could not be read: its previous types are still in use. They update once the file is fixed.'
          : state.sources.length > 0
            ? 'Files are reloaded when they change.'
            : ''}
      </p>
      {state.reading ? <Reading {...state.reading} onCancel={() => void call('schema.cancel').catch(report)} /> : null}
      <Sources state={state} />
      {state.includeRoots.length > 0 ? (
        <>
          <h3 className={classes.heading}>Imports are also searched for in</h3>
          <ul className={classes.list} aria-label="Include folders">
            {state.includeRoots.map((path, index) => (
              <Entry
                key={path}
                path={path}
                icon={<IconFolder size={16} aria-hidden />}
                problem={null}
                onRemove={() => call('schema.removeIncludeRoot', { index })}
              />
            ))}
          </ul>
        </>
      ) : null}
      <div className={classes.buttons}>
        <Button data-autofocus variant="default" leftSection={<IconFilePlus size={14} />} onClick={() => add('files')}>
          Add files…
        </Button>
        <Button variant="default" leftSection={<IconFolderPlus size={14} />} onClick={() => add('folder')}>
          Add a folder…
        </Button>
        <Button
          variant="default"
          title="Folders to search for imports, like protoc -I"
          onClick={() => add('include-root')}
        >
          Add an include folder…
        </Button>
        <Button
          variant="subtle"
          leftSection={<IconRefresh size={14} />}
          onClick={() => void call('schema.reload').catch(report)}
        >
          Reload
        </Button>
      </div>
    </>
  )
}
