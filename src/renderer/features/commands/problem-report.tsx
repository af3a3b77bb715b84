import { Button, Textarea } from '@mantine/core'
import { useEffect, useState } from 'react'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { noticeStore } from '../../state/notice-store.ts'
import { sessionStore } from '../../state/session-store.ts'
import { workspaceStore } from '../../state/workspace-store.ts'
import { isMac } from '../../ui/platform.ts'
import classes from './commands.module.css'
import { problemReportText } from './problem-report-text.ts'

const matches = (query: string): boolean => window.matchMedia(query).matches

/** What the page can tell of the system and the display. */
function surroundings(): string[] {
  const system = /\(([^)]*)\)/.exec(navigator.userAgent)?.[1] ?? navigator.platform
  const { mantineColorScheme = '', contrast = '' } = document.documentElement.dataset
  return [
    `${system}, language ${navigator.language}`,
    `Window ${innerWidth} × ${innerHeight}, screen ${screen.width} × ${screen.height}, scale ${devicePixelRatio}`,
    `Theme ${mantineColorScheme}, contrast ${contrast}${matches('(forced-colors: active)') ? ', forced colours' : ''}${
      matches('(prefers-reduced-motion: reduce)') ? ', reduced motion' : ''
    }`,
  ]
}

/** The report about now, with these versions. */
const textWith = (versions: Readonly<Record<string, string>>): string =>
  problemReportText({
    versions,
    surroundings: surroundings(),
    sockets: workspaceStore.getState().sockets,
    serverEndpoint: workspaceStore.getState().serverEndpoint,
    phases: sessionStore.getState().sessions,
    notices: noticeStore.getState(),
  })

/** What was written and not copied yet: the dialog is closed to look at the window. */
let kept: string | null = null

/** What helps to find a mistake, as a text to complete and to copy. Nothing is sent. */
export function ProblemReport() {
  const [text, setText] = useState<string | null>(kept)
  const [copied, setCopied] = useState<string | null>(null)
  useEffect(() => {
    if (kept !== null) return
    let current = true
    const settle = (versions: Readonly<Record<string, string>>) => {
      if (current) setText(textWith(versions))
    }
    call('app.versions').then(settle, report)
    return () => {
      current = false
    }
  }, [])
  return (
    <div className={classes.problem}>
      <p>
        Say what you did, what you expected, and what happened instead. Quote the window word for word. Then copy the
        text and pass it on: nothing is sent from here.
      </p>
      <Textarea
        aria-label="Report"
        data-autofocus
        rows={15}
        value={text ?? ''}
        readOnly={text === null}
        spellCheck={false}
        classNames={{ input: classes.report ?? '' }}
        onChange={(event) => {
          kept = event.currentTarget.value
          setText(kept)
        }}
      />
      <p>
        It has no endpoints and no messages. Notices can name files: cut out what is private. If the application itself
        failed, add{' '}
        {isMac ? (
          <span className="bytes selectable">~/Library/Logs/ZeroMQ Inspector/main.log</span>
        ) : (
          <>
            <span className="bytes selectable">logs/main.log</span> from the folder of the settings file
          </>
        )}
        . It exists only if something failed.
      </p>
      <div className={classes.actions}>
        {isMac ? null : (
          <Button variant="subtle" onClick={() => call('settings.reveal').catch(report)}>
            Show the settings file
          </Button>
        )}
        <Button
          disabled={text === null}
          onClick={() => {
            if (text === null) return
            call('clipboard.write', { text }).then(() => {
              kept = null
              setCopied(text)
            }, report)
          }}
        >
          {copied !== null && copied === text ? 'Copied' : 'Copy'}
        </Button>
      </div>
    </div>
  )
}
