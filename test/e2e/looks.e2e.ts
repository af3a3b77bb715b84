import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { defaultWorkspace, newFrame, newSocket, type Workspace } from '../../src/shared/workspace.ts'
import { nightly } from '../support/nightly.ts'
import { expect, ownTest, test } from './support/app.ts'

/** Difficult input: endless host names, right-to-left text, emoji of many code points. */
const hostile = [
  '\u202eمرحبا بالعالم\u202c עולם',
  '👩‍👩‍👧‍👦 🏳️‍🌈 n\u0303\u0303\u0303 ﷽',
  'x'.repeat(5000),
  'line\n'.repeat(40),
  '',
]

/** Each frame has an editor, which takes its time to lay out. */
const [sockets, frames] = nightly ? [500, 100] : [40, 10]

const crowded: Workspace = {
  ...defaultWorkspace,
  activeSocket: '0',
  sockets: Array.from({ length: sockets }, (_, index) => ({
    ...newSocket(`${index}`, `tcp://${'a-host-with-a-long-name-'.repeat(index % 9)}localhost:${10_000 + index}`),
    frames: Array.from({ length: index === 0 ? frames : 1 }, (_each, frame) => ({
      ...newFrame(`${frame}`),
      text: hostile[frame % hostile.length] ?? '',
    })),
  })),
}

/** Controls that a person could not reach: cut off by something that does not scroll, or outside the page. */
function unreachable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isReachable = (control: Element): boolean => {
      const { left, right } = control.getBoundingClientRect()
      for (let around = control.parentElement; around; around = around.parentElement) {
        const { overflowX } = getComputedStyle(around)
        if (overflowX === 'visible') continue
        if (overflowX !== 'hidden' && overflowX !== 'clip') return true
        const box = around.getBoundingClientRect()
        if (left < box.left - 1 || right > box.right + 1) return false
      }
      return true
    }
    return [...document.querySelectorAll('button, input, select, [role="tab"], [role="textbox"]')]
      .filter((control) => control.checkVisibility() && !isReachable(control))
      .map((control) => control.getAttribute('aria-label') ?? control.textContent ?? control.tagName)
  })
}

/** Laying out 150 editors takes a while. */
const patient = expect.configure({ timeout: 30_000 })

async function resize(app: ElectronApplication, page: Page, width: number, height: number, zoom: number) {
  await app.evaluate(
    ({ BrowserWindow }, to) => {
      const window = BrowserWindow.getAllWindows()[0]
      window?.setContentSize(to.width, to.height)
      if (window) window.webContents.zoomFactor = to.zoom
    },
    { width, height, zoom },
  )
  await patient
    .poll(() => page.evaluate(() => Math.round(innerWidth / 10)), { timeout: 30_000 })
    .toBe(Math.round(width / zoom / 10))
}

for (const [what, workspace] of [
  ['as it begins', null],
  [`with ${sockets} connections and ${frames} frames`, crowded],
] as const) {
  ownTest(`every control is reachable at every size and zoom, ${what}`, async ({ userData, start }) => {
    ownTest.setTimeout(240_000)
    if (workspace) await writeFile(join(userData, 'workspace.json'), JSON.stringify(workspace))
    const { running, inspector } = await start()
    const { page } = inspector
    await inspector.startAndPoint()
    await inspector.send.click()
    await patient(inspector.roundTrip).toHaveText(/\d/)
    for (const [width, height, zoom] of [
      [800, 600, 1],
      [1000, 700, 1],
      [1000, 700, 2],
      [800, 600, 2],
      [1900, 1150, 2],
      [3840, 2160, 1],
    ] as const) {
      await resize(running.app, page, width, height, zoom)
      const what = `${width}×${height} at ${zoom * 100} %`
      await patient.poll(() => unreachable(page), { message: what, timeout: 30_000 }).toEqual([])
      // The page scrolls only vertically.
      await patient
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), {
          timeout: 30_000,
        })
        .toBe(0)
      // The layout may still be changing, and the button with it.
      await patient(async () => {
        await inspector.send.scrollIntoViewIfNeeded({ timeout: 5000 })
        await expect(inspector.send).toBeInViewport({ ratio: 0.99 })
      }).toPass({ timeout: 30_000 })
    }
  })
}

ownTest('high contrast can be chosen, is saved, and follows the system', async ({ start }) => {
  const { running, inspector } = await start()
  const html = inspector.page.locator('html')
  await expect(html).toHaveAttribute('data-contrast', 'normal')
  await inspector.page.emulateMedia({ contrast: 'more' })
  await expect(html).toHaveAttribute('data-contrast', 'high')
  await inspector.page.emulateMedia({ contrast: null })
  await expect(html).toHaveAttribute('data-contrast', 'normal')
  await inspector.page.getByRole('button', { name: 'Settings' }).click()
  await inspector.page.getByRole('radiogroup', { name: 'Contrast' }).getByText('High').click()
  await expect(html).toHaveAttribute('data-contrast', 'high')
  await running.close()
  const { inspector: again } = await start()
  await expect(again.page.locator('html')).toHaveAttribute('data-contrast', 'high')
})

test('nothing moves by itself with reduced motion', async ({ inspector, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await inspector.startAndPoint()
  await inspector.exchange()
  await inspector.frame(1).focus()
  await expect(inspector.request.locator('.cm-focused')).toBeVisible()
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .map((animation) => (animation instanceof CSSAnimation ? animation.animationName : animation.id)),
  )
  expect(moving).toEqual([])
})
