import type { Page } from '@playwright/test'
import axe from 'axe-core'

declare global {
  interface Window {
    /** There once `violations` has put it there. */
    readonly axe: typeof axe
  }
}

/** What a theme can change: everything else is the same in all of them. */
const colourRules = ['color-contrast', 'link-in-text-block']

/** The whole set of rules, or those on colours alone. */
export type Rules = 'all' | 'colours'

const optionsFor: Readonly<Record<Rules, axe.RunOptions>> = {
  // Passes would be described as well, which takes longer than the checks.
  all: { resultTypes: ['violations'] },
  colours: { resultTypes: ['violations'], runOnly: colourRules, preload: false },
}

/** What is wrong on the page by the rules, one line each. */
export async function violations(page: Page, rules: Rules): Promise<string[]> {
  // A page keeps axe until it is loaded again.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async (options) => {
    const { violations } = await window.axe.run(document, options)
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target, any }) => `${target} ${any[0]?.message ?? ''}`).join('; ')}`,
    )
  }, optionsFor[rules])
}
