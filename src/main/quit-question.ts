import { app, type BrowserWindow, dialog } from 'electron'

interface QuitQuestion {
  /** What quitting would interrupt, each in a few words. */
  running(): readonly string[]
  /** Whether to ask about that at all. What would be lost is asked about always. */
  isWanted(): boolean
  /** Called when the person chooses not to be asked again. */
  forget(): Promise<void>
  failed(thrown: unknown): void
}

/** What quitting would lose. */
export interface Losses {
  /** Each in a sentence without its full stop. */
  readonly all: readonly string[]
  /** Tries once more to save it. */
  tryAgain(): Promise<void>
}

export interface Closing {
  /** Whether a person closed the window, and not the system or a signal the application. */
  readonly byPerson: boolean
}

async function asksToQuit(window: BrowserWindow, what: readonly string[], question: QuitQuestion): Promise<boolean> {
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
  if (response !== 0) return false
  if (checkboxChecked) await question.forget().catch(question.failed)
  return true
}

const wordsOf = (losses: Losses, running: readonly string[]): string => {
  const interrupted = running.length > 0 ? [`This will also be interrupted: ${running.join('; ')}.`] : []
  return [...losses.all.map((each) => `${each}.`), ...interrupted].join('\n')
}

const lossQuestion = { type: 'warning', message: 'Quit and lose what is not saved?' } as const

/** Asks as long as trying again fails. Returns whether to quit. */
async function asksToLose(window: BrowserWindow, losses: Losses, running: readonly string[]): Promise<boolean> {
  while (losses.all.length > 0) {
    const { response } = await dialog.showMessageBox(window, {
      ...lossQuestion,
      title: app.name,
      detail: wordsOf(losses, running),
      buttons: ['Try again', 'Cancel', 'Quit and lose it'],
      defaultId: 0,
      cancelId: 0,
    })
    if (response === 1) return false
    if (response === 2) return true
    await losses.tryAgain()
  }
  return true
}

/** Asks when the window is gone already: what changed last could be saved only then. */
export async function askAtTheEnd(losses: Losses): Promise<void> {
  while (losses.all.length > 0) {
    const { response } = await dialog.showMessageBox({
      ...lossQuestion,
      title: app.name,
      detail: wordsOf(losses, []),
      buttons: ['Try again', 'Quit and lose it'],
      defaultId: 0,
      cancelId: 1,
    })
    if (response === 1) return
    await losses.tryAgain()
  }
}

/**
 * Asks before the window is closed while something runs, or while something is not saved. Other ways to end the
 * application are not held up: a system shutdown, or a signal.
 */
export function askBeforeClosing(window: BrowserWindow, losses: Losses, question: QuitQuestion): Closing {
  let answered = false
  let asking = false
  let byPerson = false
  const ask = async (what: readonly string[]): Promise<void> => {
    await losses.tryAgain()
    const mayLose = losses.all.length > 0
    if (mayLose && !(await asksToLose(window, losses, what))) return
    if (!mayLose && what.length > 0 && !(await asksToQuit(window, what, question))) return
    answered = true
    // Who chose to lose something is not asked once more.
    byPerson = losses.all.length === 0
    window.close()
  }
  app.once('before-quit', () => {
    answered = true
  })
  window.on('close', (event) => {
    if (answered) return
    const what = question.isWanted() ? question.running() : []
    if (what.length === 0 && losses.all.length === 0) {
      byPerson = true
      return
    }
    event.preventDefault()
    if (asking) return
    asking = true
    ask(what)
      .catch(question.failed)
      .finally(() => {
        asking = false
      })
  })
  return {
    get byPerson() {
      return byPerson
    },
  }
}
