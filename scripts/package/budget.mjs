import { basename } from 'node:path'
import { PlainError } from '../lib/say.mjs'
import { bytesOf } from './tree.mjs'

const MEGABYTE = 1e6

/**
 * What the packages may weigh. The app's own part is ours to watch; the rest is the runtime's. A budget is there to be
 * raised on purpose, never by accident.
 */
export const budgets = {
  'the app without its runtime': 25 * MEGABYTE,
  '.deb': 110 * MEGABYTE,
  '.tar.gz': 140 * MEGABYTE,
  '.AppImage': 150 * MEGABYTE,
  '.dmg': 160 * MEGABYTE,
  '.zip': 160 * MEGABYTE,
  '.exe': 130 * MEGABYTE,
}

/**
 * Says what everything weighs; throws if anything is too heavy.
 * @param {string} resources the folder of the app's own part
 * @param {string[]} packages
 * @param {import('../lib/say.mjs').Say} say
 */
export async function checkSizes(resources, packages, say) {
  const weighed = [{ label: 'the app without its runtime', path: resources }]
  for (const path of packages) weighed.push({ label: basename(path), path })
  const tooHeavy = []
  for (const { label, path } of weighed) {
    const bytes = await bytesOf(path)
    const budget = Object.entries(budgets).find(([ending]) => label.endsWith(ending))?.[1]
    const within = budget === undefined ? '' : ` of at most ${megabytes(budget)}`
    say(`Size: ${label}: ${megabytes(bytes)}${within}.`)
    if (budget !== undefined && bytes > budget) tooHeavy.push(label)
  }
  if (tooHeavy.length > 0) throw new PlainError(`Heavier than its budget: ${tooHeavy.join(', ')}.`)
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`
}
