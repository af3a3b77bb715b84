import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { openLab } from '../../state/lab-store.ts'
import { settingsStore } from '../../state/settings-store.ts'
import { windowStore } from '../../state/window-store.ts'
import { addSocket } from '../../state/workspace-reducers.ts'
import { applyStep } from '../../state/workspace-store.ts'

/** Answers the oldest request to add an endpoint. Does not connect or send anything. */
export function answerAsked(add: boolean): void {
  const { asked } = windowStore.getState()
  const settings = settingsStore.getState()
  const [endpoint] = asked.endpoints
  if (endpoint === undefined) return
  if (add) {
    openLab(false)
    applyStep(addSocket(crypto.randomUUID(), settings, endpoint))
  }
  call('asked.answered', { endpoint, added: add }).catch(report)
}

/** Declines all that is asked, and has nothing more asked until the application starts again. */
export function ignoreAsked(): void {
  call('asked.ignoreAll').catch(report)
}
