import { useWindow } from '../../state/window-store.ts'
import { lazyDialog } from '../../ui/dialog.tsx'
import { answerAsked } from './answer-asked.ts'

const Asked = lazyDialog(async () => (await import('./asked.tsx')).Asked)

/** Asks before a link or command line adds a socket. */
export function AskedDialog() {
  const opened = useWindow(({ asked }) => asked.endpoints.length > 0)
  return <Asked opened={opened} onClose={() => answerAsked(false)} title="Add a socket?" close="Do not add it" />
}
