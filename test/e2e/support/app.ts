import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test as base, type ElectronApplication } from '@playwright/test'
import { withOwnDisplay } from './display.ts'
import { InspectorWindow } from './inspector-window.ts'
import { launch, type Problems, type Running, withFolder } from './launch.ts'
import { Peers } from './peers.ts'
import { SharedApp } from './shared-app.ts'

export { expect } from '@playwright/test'

interface Fixtures {
  /** A folder of the test's own, removed afterwards. */
  readonly folder: string
  /** Sockets of the test's own for the app to talk to, closed afterwards. */
  readonly peers: Peers
  readonly running: Running
  /** The user-data folder of `running`. */
  readonly userData: string
  readonly app: ElectronApplication
  readonly problems: Problems
  readonly inspector: InspectorWindow
}

interface WorkerFixtures {
  /** A display of the worker's own. */
  readonly display: undefined
  /** The app that the tests of a worker share. */
  readonly sharedApp: SharedApp
}

const common = base.extend<Fixtures, WorkerFixtures>({
  display: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the dependencies of a fixture from this pattern
    async ({}, use, { parallelIndex }) => {
      // The first worker has the display that is there already.
      if (parallelIndex === 0) return use(undefined)
      await withOwnDisplay(() => use(undefined))
    },
    { scope: 'worker', auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: see above
  folder: async ({}, use) => withFolder(use),
  // biome-ignore lint/correctness/noEmptyPattern: see above
  peers: async ({}, use) => {
    const peers = new Peers()
    await use(peers)
    peers.close()
  },
  app: async ({ running }, use) => use(running.app),
  page: async ({ running }, use) => use(running.page),
  problems: async ({ running }, use) => use(running.problems),
  inspector: async ({ running }, use) => use(new InspectorWindow(running.page)),
})

/** A test in the app that a worker's tests share: it begins as in a new folder, with an app that ran before. */
export const test = common.extend<object, WorkerFixtures>({
  sharedApp: [
    // The display has to be there first.
    async ({ display: _display }, use) =>
      withFolder(async (folder) => {
        const shared = new SharedApp(folder)
        await use(shared)
        await shared.close()
      }),
    { scope: 'worker' },
  ],
  running: async ({ sharedApp }, use) => {
    await use(await sharedApp.begin())
    await sharedApp.end()
  },
  userData: async ({ sharedApp }, use) => use(sharedApp.userData),
})

interface OwnFixtures {
  /** Starts the app with the user data as they are by then; whatever ran before has to be closed or killed. */
  readonly start: () => Promise<{ readonly running: Running; readonly inspector: InspectorWindow }>
}

/** A test with an app of its own: for starting, quitting, files, and what cannot be undone. */
export const ownTest = common.extend<OwnFixtures>({
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
  start: async ({ userData }, use) => {
    const started: Running[] = []
    await use(async () => {
      const running = await launch(userData)
      started.push(running)
      return { running, inspector: new InspectorWindow(running.page) }
    })
    for (const running of started) await running.close()
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
