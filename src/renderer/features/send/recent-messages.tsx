import { formatClock, formatCount, formatDay } from '../../../shared/format.ts'
import type { SentMessage } from '../../../shared/workspace.ts'
import { bringBack, useHistory } from '../../state/history.ts'
import classes from './recent-messages.module.css'

/** So much of a message says which one it is. */
const previewCharacters = 120

const previewOf = ({ frames }: SentMessage): string =>
  frames
    .map(({ attachment, text }) => attachment?.name ?? text.slice(0, previewCharacters))
    .join(' | ')
    .slice(0, previewCharacters)
    .replaceAll(/\p{Cc}+/gu, ' ') || '(empty)'

const timeOf = (at: number, now: number): string =>
  formatDay(at) === formatDay(now) ? formatClock(at).slice(0, 8) : formatDay(at)

interface RecentMessagesProps {
  readonly sessionId: string
  /** The keys that go to the message before. */
  readonly keys: string
  readonly onChosen: () => void
}

/** The messages that a socket sent last: one that is chosen comes back, in place of the one that is written. */
export function RecentMessages({ sessionId, keys, onChosen }: RecentMessagesProps) {
  const history = useHistory(sessionId)
  const now = Date.now()
  return (
    <section aria-label="Recent messages">
      <div className={classes.heading}>
        <span>Recent messages</span>
        <kbd className={classes.keys}>{keys}</kbd>
      </div>
      {history.length === 0 ? (
        <p className={classes.none}>Messages that you send appear here.</p>
      ) : (
        <ul className={classes.list}>
          {history.map((sent) => (
            <li key={sent.at}>
              <button
                type="button"
                className={classes.message}
                onClick={() => {
                  onChosen()
                  bringBack(sessionId, sent)
                }}
              >
                <span className={classes.time}>{timeOf(sent.at, now)}</span>
                <bdi className={classes.preview}>{previewOf(sent)}</bdi>
                {sent.frames.length > 1 ? (
                  <span className={classes.frames}>{formatCount(sent.frames.length)} frames</span>
                ) : null}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
