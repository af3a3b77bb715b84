import { app, type BrowserWindow, dialog } from 'electron'

interface QuitQuestion {
  /** What quitting would interrupt, each in a few words. */
  running(): readonly string[]
  /** Whether to ask at all. */
  isWanted(): boolean
  /** Called when the person chooses not to be asked again. */
  forget(): Promise<void>
  failed(thrown: unknown): void
}

/**
 * Asks before the window is closed while something runs. Other ways to end the application are not held up: a system
 * shutdown, or a signal.
 */
export function askBeforeClosing(window: BrowserWindow, { running, isWanted, forget, failed }: QuitQuestion): void {
  let answered = false
  let asking = false
  const ask = async (what: readonly string[]): Promise<void> => {
    const { response, checkboxChecked } = await dialog.showMessageBox(window, {
      type: 'question',
      title: app.name,
      message: 'Quit while something is running?',
      detail: `This will be interrupted: ${what.join('; ')}.`,
      buttons: ['Quit', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
      checkboxLabel: 'Do not ask again',
    })
    if (response !== 0) return
    if (checkboxChecked) await forget().catch(failed)
    answered = true
    window.close()
  }
  app.once('before-quit', () => {
    answered = true
  })
  window.on('close', (event) => {
    if (answered || !isWanted()) return
    const what = running()
    if (what.length === 0) return
    event.preventDefault()
    if (asking) return
    asking = true
    ask(what)
      .catch(failed)
      .finally(() => {
        asking = false
      })
  })
}
