import { dismissNotice } from '../../state/actions.ts'
import { useNotices } from '../../state/notice-store.ts'
import { Problem } from '../../ui/problem.tsx'
import classes from './notice-list.module.css'

/** Messages that belong to no control; each stays until dismissed. */
export function NoticeList() {
  const notices = useNotices()
  if (notices.length === 0) return null
  return (
    <div className={classes.list}>
      {notices.map((notice) => (
        <Problem
          key={notice.id}
          title={notice.title}
          cure={notice.text}
          solved={notice.level === 'solved'}
          onDismiss={() => void dismissNotice(notice.id)}
        />
      ))}
    </div>
  )
}
