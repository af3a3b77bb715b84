import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { PlainError } from './say.mjs'

/** Whether windows have somewhere to appear. Only Linux can be without. */
export function hasDisplay(environment = process.env) {
  return process.platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY)
}

/**
 * @typedef {object} VirtualDisplay
 * @property {string} name for DISPLAY
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a virtual display on a free number.
 * @param {import('./say.mjs').Say} say
 * @returns {Promise<VirtualDisplay>}
 */
export async function startVirtualDisplay(say) {
  // -noreset: without it, a client that comes just as the last one went is turned away.
  const args = ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset']
  // In a process group of its own: Ctrl-C must reach the app while its display is still there.
  const server = spawn('Xvfb', args, { detached: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  const closed = once(server, 'close')
  const complaint = text(server.stderr)
  const killNow = () => void server.kill('SIGKILL')
  process.once('exit', killNow)

  const number = (await text(server.stdio[3])).trim()
  if (!number) {
    await closed
    throw new PlainError(`Xvfb, the virtual display, did not start:\n${await complaint}`)
  }
  say(`No display here: windows go to a virtual one, :${number} (1920x1200).`)
  const stop = async () => {
    server.kill('SIGTERM')
    await closed
    process.off('exit', killNow)
  }
  return { name: `:${number}`, stop }
}
