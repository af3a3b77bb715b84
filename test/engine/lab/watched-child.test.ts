import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { FromLab, LabChild } from '../../../src/engine/lab/protocol.ts'
import { watchedChild } from '../../../src/engine/lab/watched-child.ts'
import { builtModule } from '../../support/built.ts'

/** A process whose end the test plays. */
function played() {
  const messages: ((message: FromLab) => void)[] = []
  const exits: ((reason: string) => void)[] = []
  const kill = vi.fn()
  const child: LabChild = {
    post: () => undefined,
    onMessage: (listen) => void messages.push(listen),
    onExit: (listen) => void exits.push(listen),
    kill,
  }
  return {
    child,
    kill,
    say: (message: FromLab) => {
      for (const listen of messages) listen(message)
    },
    exit: (reason: string) => {
      for (const listen of exits) listen(reason)
    },
  }
}

/** What is heard of a process from now on. */
function heardOf(child: LabChild) {
  const ends: string[] = []
  const heard: string[] = []
  child.onExit((reason) => ends.push(reason))
  child.onMessage(({ type }) => heard.push(type))
  return { ends, heard }
}

describe('a measuring process', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('that hangs is ended, and told once; what it says then is not heard', () => {
    const { child, kill, say, exit } = played()
    const { ends, heard } = heardOf(watchedChild(child))
    vi.advanceTimersByTime(29_000)
    say({ type: 'alive' })
    vi.advanceTimersByTime(29_000)
    expect([ends, heard, kill.mock.calls.length]).toEqual([[], [], 0])
    vi.advanceTimersByTime(1000)
    expect([ends, kill.mock.calls.length]).toEqual([['it did not answer for 30 s'], 1])
    say({ type: 'ready' })
    exit('SIGKILL')
    vi.advanceTimersByTime(60_000)
    expect([ends, heard, kill.mock.calls.length]).toEqual([['it did not answer for 30 s'], [], 1])
  })

  test('that ends says why, and is watched no more', () => {
    const { child, kill, say, exit } = played()
    const { ends, heard } = heardOf(watchedChild(child))
    say({ type: 'ready' })
    exit('exit code 1')
    expect(vi.getTimerCount()).toBe(0)
    expect([ends, heard, kill.mock.calls.length]).toEqual([['exit code 1'], ['ready'], 0])
  })
})

test('a measuring process with nothing to do says that it is there', async () => {
  const child = spawn(process.execPath, [builtModule('lab-process')], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  onTestFinished(() => void child.kill())
  for (const type of ['ready', 'alive', 'alive']) {
    const [message] = await once(child, 'message')
    expect(message).toMatchObject({ type })
  }
})

test('a measuring process that stands still is ended', { timeout: 30_000 }, async () => {
  const child = spawn(process.execPath, [builtModule('lab-process')], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const ended = once(child, 'exit')
  const watched = watchedChild(
    {
      post: () => undefined,
      onMessage: (listen) => void child.on('message', (message: FromLab) => listen(message)),
      onExit: (listen) => void child.on('exit', () => listen('it ended')),
      kill: () => void child.kill('SIGKILL'),
    },
    4,
  )
  let isStopped = false
  watched.onMessage(() => {
    isStopped = child.kill('SIGSTOP')
  })
  expect(await new Promise((resolve) => watched.onExit(resolve))).toBe('it did not answer for 4 s')
  expect(isStopped).toBe(true)
  await ended
})
