import type { ElectronApplication } from '@playwright/test'

/** Answers the next questions: `button` is 0 for Quit and 1 for Cancel. The questions are recorded for `asked`. */
export function answerQuestions(app: ElectronApplication, button: number, checked = false): Promise<void> {
  return app.evaluate(
    ({ dialog }, { response, checkboxChecked }) => {
      const details: string[] = []
      Reflect.set(globalThis, 'askedDetails', details)
      dialog.showMessageBox = async (...args: unknown[]) => {
        const options: unknown = args.at(-1)
        details.push(String(typeof options === 'object' && options !== null ? Reflect.get(options, 'detail') : ''))
        return { response, checkboxChecked }
      }
    },
    { response: button, checkboxChecked: checked },
  )
}

/** The details of the questions so far. */
export const asked = (app: ElectronApplication): Promise<unknown> =>
  app.evaluate(() => Reflect.get(globalThis, 'askedDetails'))

/** Closes the window as its button does. */
export const closeWindow = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
