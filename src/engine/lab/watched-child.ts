import type { LabChild } from './protocol.ts'

/**
 * A measuring process that is ended when it has shown no sign of life for so many seconds: it gives one each second, so it
 * hangs. They are counted by this event loop, so that nobody is silent while the computer sleeps.
 */
export function watchedChild(child: LabChild, mostSilentSeconds = 30): LabChild {
  const listeners: ((reason: string) => void)[] = []
  let silentSeconds = 0
  let hasEnded = false
  const end = (reason: string): void => {
    if (hasEnded) return
    hasEnded = true
    clearInterval(timer)
    for (const listen of listeners) listen(reason)
  }
  const timer = setInterval(() => {
    silentSeconds += 1
    if (silentSeconds < mostSilentSeconds) return
    child.kill()
    end(`it did not answer for ${mostSilentSeconds} s`)
  }, 1000)
  child.onExit(end)
  child.onMessage(() => {
    silentSeconds = 0
  })
  return {
    post: (message) => child.post(message),
    onMessage: (listen) => {
      child.onMessage((message) => {
        if (message.type !== 'alive' && !hasEnded) listen(message)
      })
    },
    onExit: (listen) => void listeners.push(listen),
    kill: () => child.kill(),
  }
}
