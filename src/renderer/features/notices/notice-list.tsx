import { Alert } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import type { Notice } from '../../../shared/contract.ts'
import { dismissNotice } from '../../state/actions.ts'
import { useLive } from '../../state/live-store.ts'
import { Problem } from '../../ui/problem.tsx'
import classes from './notice-list.module.css'

function NoticeItem({ notice }: { readonly notice: Notice }) {
  const dismiss = () => void dismissNotice(notice.id)
  if (notice.level !== 'information') {
    return <Problem title={notice.title} cure={notice.text} onDismiss={dismiss} />
  }
  return (
    <Alert
      icon={<IconInfoCircle size={16} />}
      title={notice.title}
      withCloseButton
      closeButtonLabel="Dismiss"
      onClose={dismiss}
      role="status"
    >
      {notice.text}
    </Alert>
  )
}

/** What the application has to tell that belongs to no control; each stays until it is dismissed. */
export function NoticeList() {
  const notices = useLive((live) => live.notices)
  if (notices.length === 0) return null
  return (
    <div className={classes.list}>
      {notices.map((notice) => (
        <NoticeItem key={notice.id} notice={notice} />
      ))}
    </div>
  )
}
