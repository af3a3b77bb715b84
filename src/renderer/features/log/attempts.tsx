import { useEffect, useState } from 'react'
import { formatClock, formatIso } from '../../../shared/format.ts'
import type { SocketAttempt } from '../../../shared/message.ts'
import { echoServerId } from '../../../shared/session/spec.ts'
import type { LogFilter } from '../../../shared/transcript/query.ts'
import { holds } from '../../../shared/transcript/search/term-match.ts'
import { parseSearch, type SearchWord } from '../../../shared/transcript/search.ts'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import classes from './log.module.css'

const renewEveryMs = 1000
/** More would slow the window down, and nobody reads them. */
const mostShown = 1000

/**
 * Whether an attempt is wanted: its text is searched for words and terms, as that of the log is. Expressions are left to
 * the log, which can stop one that takes too long; an attempt has no values.
 */
function matcherOf({ text, session, hides }: LogFilter): (attempt: SocketAttempt) => boolean {
  const { words, terms, comparisons, problem } = parseSearch(text)
  const isPossible = problem === null && comparisons.every(({ excludes }) => excludes)
  return ({ at, source, endpoint, event, detail }) => {
    const parts = [endpoint, event, detail]
    const facts = { at, direction: 'none', socket: [endpoint], message: null } as const
    const isWanted = session === null ? !(source === echoServerId && hides.includes('echo-server')) : session === source
    const hasWord = (word: SearchWord) => parts.some((part) => part.toLowerCase().includes(word.text.toLowerCase()))
    return (
      isPossible &&
      isWanted &&
      terms.every(({ condition, excludes }) => holds(condition, facts) !== excludes) &&
      words.every((word) => (word.kind === 'text' && hasWord(word)) !== word.excludes)
    )
  }
}

/** The attempts of the last minute, read every second; null before the first reading. */
function useAttempts(): readonly SocketAttempt[] | null {
  const [attempts, setAttempts] = useState<readonly SocketAttempt[] | null>(null)
  useEffect(() => {
    const read = () => {
      call('session.attempts').then(setAttempts).catch(report)
    }
    read()
    const timer = setInterval(read, renewEveryMs)
    return () => clearInterval(timer)
  }, [])
  return attempts
}

/** Each attempt to connect within the last minute, the newest first: the log sums up those that fail alike. */
export function Attempts({ filter }: { readonly filter: LogFilter }) {
  const attempts = useAttempts()
  if (!attempts) return null
  const shown = attempts.filter(matcherOf(filter)).slice(-mostShown).reverse()
  if (shown.length === 0) {
    const empty =
      attempts.length === 0 ? 'No attempt to connect within the last minute.' : 'Nothing matches the filter.'
    return <p className={classes.empty}>{empty}</p>
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.table} tabIndex={0} aria-label="Attempts of the last minute">
      <table className={classes.attempts}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Connection</th>
            <th scope="col">Event</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ at, source, endpoint, event, detail }) => (
            <tr key={`${source} ${at} ${event}`}>
              <td title={formatIso(at)}>{formatClock(at)}</td>
              <td title={endpoint}>{endpoint.replace('tcp://', '')}</td>
              <td>{event}</td>
              <td title={detail}>{detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
