import { type ElectronApplication, expect, type Page } from '@playwright/test'
import { defaultSettings } from '../../../src/shared/settings.ts'
import { defaultWorkspace } from '../../../src/shared/workspace.ts'
import { waitUntilUsable } from './launch.ts'

/** What tests replace in the main process. */
const replaced = {
  dialog: ['showOpenDialog', 'showSaveDialog', 'showMessageBox'],
  shell: ['openPath', 'showItemInFolder'],
}

/** Notes what tests may replace in the main process, for `resetMain` to put back. */
export function noteOriginals(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ dialog, shell, BrowserWindow }, names) => {
    const originals = new Map<string, unknown>()
    for (const name of names.dialog) originals.set(name, Reflect.get(dialog, name))
    for (const name of names.shell) originals.set(name, Reflect.get(shell, name))
    originals.set('bounds', BrowserWindow.getAllWindows()[0]?.getBounds())
    Reflect.set(globalThis, 'originals', originals)
  }, replaced)
}

/** Puts back the system's dialogs, the clipboard and the window's place. */
function resetMain(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ dialog, shell, clipboard, BrowserWindow }, names) => {
    const originals: unknown = Reflect.get(globalThis, 'originals')
    if (!(originals instanceof Map)) throw new Error('The originals were not noted.')
    for (const name of names.dialog) Reflect.set(dialog, name, originals.get(name))
    for (const name of names.shell) Reflect.set(shell, name, originals.get(name))
    clipboard.clear()
    const window = BrowserWindow.getAllWindows()[0]
    if (window?.isFullScreen()) window.setFullScreen(false)
    if (window) window.webContents.zoomFactor = 1
    window?.setBounds(originals.get('bounds'))
    window?.show()
  }, replaced)
}

/** Undoes through the contract whatever was done: what runs is stopped, and what is kept is as in a new folder. */
function resetHost(page: Page): Promise<void> {
  return page.evaluate(
    async ({ settings, workspace }) => {
      const call: typeof window.inspector.call = async (name, input) => {
        const answer = await window.inspector.call(name, input)
        if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`)
        return answer
      }
      const snapshot = async () => {
        const answer = await call('app.snapshot', undefined)
        if (!answer.ok) throw new Error(answer.error.message)
        return answer.value
      }
      const { sessions, notices, schemas, asked } = await snapshot()
      await Promise.all([
        call('lab.cancel', undefined),
        ...sessions.map(({ sessionId }) => call('session.remove', { sessionId })),
        ...schemas.sources.map(({ id }) => call('schema.remove', { id })),
        ...asked.endpoints.map((endpoint) => call('asked.answered', { endpoint, added: true })),
        ...notices.map(({ id }) => call('notice.dismiss', { id })),
      ])
      for (const _root of schemas.includeRoots) await call('schema.removeIncludeRoot', { index: 0 })
      while ((await snapshot()).lab.activity !== 'idle') await new Promise(requestAnimationFrame)
      const runs = await call('lab.list', undefined)
      if (runs.ok) for (const { id } of runs.value) await call('lab.remove', { id })
      await call('settings.save', settings)
      await call('log.record', { recording: true })
      await call('log.clear', undefined)
      // What the page was about to save goes first, so that it cannot go last.
      window.dispatchEvent(new Event('pagehide'))
      await call('workspace.save', workspace)
    },
    { settings: defaultSettings, workspace: defaultWorkspace },
  )
}

/** Brings an app that a test has used back to what it was at its first start, with a new page. */
export async function reset(app: ElectronApplication, page: Page): Promise<void> {
  await page.emulateMedia({ contrast: null, reducedMotion: null, colorScheme: null, forcedColors: null })
  await resetMain(app)
  await expect(async () => {
    await resetHost(page)
    await page.reload()
    await waitUntilUsable(page)
    const kept = await page.evaluate(async () => {
      const answer = await window.inspector.call('app.snapshot', undefined)
      if (!answer.ok) throw new Error(answer.error.message)
      const { workspace, settings, notices, schemas, asked, sessions, lab } = answer.value
      return {
        workspace: { ...workspace, layouts: {} },
        settings,
        running: [lab.activity, sessions.length, notices.length, asked.endpoints.length, schemas.sources.length],
      }
    })
    expect(kept).toEqual({
      workspace: defaultWorkspace,
      settings: defaultSettings,
      running: ['idle', 0, 0, 0, 0],
    })
  }).toPass({ timeout: 20_000 })
}
