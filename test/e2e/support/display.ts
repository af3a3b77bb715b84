import { startVirtualDisplay } from '../../../scripts/lib/display.mjs'

let own: string | undefined

/** The environment of programs with windows: that of the tests, with the worker's display. */
export function windowEnvironment(): Record<string, string> {
  const defined = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...Object.fromEntries(defined), ...(own === undefined ? {} : { DISPLAY: own }) }
}

/**
 * Gives this worker a display of its own for as long as `use` takes: the clipboard and the focus belong to a display. Not
 * by changing `process.env`, which the runner would hand on to later workers.
 */
export async function withOwnDisplay(use: () => Promise<void>): Promise<void> {
  const display = await startVirtualDisplay(() => undefined)
  own = display.name
  await use()
  own = undefined
  await display.stop()
}
