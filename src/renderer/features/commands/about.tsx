import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import classes from './commands.module.css'

/** Versions of the application and its runtime, for problem reports. */
export function About() {
  const [versions, setVersions] = useState<Readonly<Record<string, string>>>({})
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    call('app.versions').then(setVersions, report)
  }, [])
  const rows = Object.entries(versions)
  const text = rows.map(([name, version]) => `${name} ${version}`).join('\n')
  return (
    <>
      <p className={classes.about}>Send, receive and time ZeroMQ messages. MIT licence.</p>
      <dl className={`${classes.shortcuts} ${classes.versions} selectable`}>
        {rows.map(([name, version]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="tabular">{version}</dd>
          </div>
        ))}
      </dl>
      <Button
        variant="default"
        mt="sm"
        onClick={() => {
          call('clipboard.write', { text }).then(() => setCopied(true), report)
        }}
      >
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </>
  )
}
