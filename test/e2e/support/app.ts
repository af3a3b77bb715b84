import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test as base, type ElectronApplication } from '@playwright/test'
import { InspectorWindow } from './inspector-window.ts'
import { launch, type Problems, type Running, withFolder } from './launch.ts'
import { Peers } from './peers.ts'

export { expect } from '@playwright/test'

interface Fixtures {
  /** A folder of the test's own, removed afterwards. */
  readonly folder: string
  /** The run's user-data folder, empty at first. */
  readonly userData: string
  /** The app, started with `userData` when the test begins. */
  readonly running: Running
  readonly app: ElectronApplication
  readonly problems: Problems
  readonly inspector: InspectorWindow
  /** Starts the app with the user data as they are by then; whatever ran before has to be closed or killed. */
  readonly start: () => Promise<{ readonly running: Running; readonly inspector: InspectorWindow }>
  /** Sockets of the test's own for the app to talk to, closed afterwards. */
  readonly peers: Peers
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the dependencies of a fixture from this pattern
  folder: async ({}, use) => withFolder(use),
  userData: async ({ folder }, use) => {
    const userData = join(folder, 'user-data')
    await mkdir(userData)
    await use(userData)
  },
  running: async ({ userData }, use) => {
    const running = await launch(userData)
    await use(running)
    await running.close()
  },
  app: async ({ running }, use) => use(running.app),
  page: async ({ running }, use) => use(running.page),
  problems: async ({ running }, use) => use(running.problems),
  inspector: async ({ running }, use) => use(new InspectorWindow(running.page)),
  start: async ({ userData }, use) => {
    const started: Running[] = []
    await use(async () => {
      const running = await launch(userData)
      started.push(running)
      return { running, inspector: new InspectorWindow(running.page) }
    })
    for (const running of started) await running.close()
  },
  // biome-ignore lint/correctness/noEmptyPattern: see above
  peers: async ({}, use) => {
    const peers = new Peers()
    await use(peers)
    peers.close()
  },
})

/** Answers the next dialogs for opening with `path`; null is Cancel. */
export function chooseToOpen(app: ElectronApplication, path: string | null): Promise<void> {
  return app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] })
  }, path)
}

/** Answers the next dialogs for saving with `path`; null is Cancel. */
export function chooseToSave(app: ElectronApplication, path: string | null): Promise<void> {
  return app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: chosen === null, filePath: chosen ?? '' })
  }, path)
}
