import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { bringBack, remember, stepInHistory } from '../../src/renderer/state/history.ts'
import { undoLast } from '../../src/renderer/state/undo.ts'
import { updateFrame } from '../../src/renderer/state/workspace-reducers.ts'
import { applyStep, workspaceStore } from '../../src/renderer/state/workspace-store.ts'
import { defaultWorkspace, newFrame } from '../../src/shared/workspace.ts'

const id = 'local-echo'
const framesOf = (...texts: readonly string[]) => texts.map((text, index) => ({ ...newFrame(`${index}`), text }))
const written = () => workspaceStore.getState().sockets[0]?.frames.map(({ text }) => text)
const write = (text: string) => {
  const frame = workspaceStore.getState().sockets[0]?.frames[0]
  applyStep(updateFrame(id, frame?.id ?? '', { text }))
}
const sent = () => workspaceStore.getState().history[id]?.map(({ frames }) => frames.map(({ text }) => text).join('|'))

beforeEach(() => {
  workspaceStore.setState(defaultWorkspace, true)
})

describe('what was sent', () => {
  test('is remembered, the newest first, each once, and at most 50', () => {
    for (let at = 1; at <= 60; at += 1) applyStep(remember(id, framesOf(`${at}`), at))
    applyStep(remember(id, framesOf('30'), 61))
    expect(sent()).toHaveLength(50)
    expect(sent()?.slice(0, 3)).toEqual(['30', '60', '59'])
    expect(sent()?.at(-1)).toBe('11')
  })

  test('of removed sockets is forgotten, and long messages are not remembered', () => {
    applyStep((workspace) => ({ ...workspace, history: { gone: [{ at: 1, frames: framesOf('x') }] } }))
    applyStep(remember(id, framesOf('x'.repeat(50_001)), 2))
    applyStep(remember(id, framesOf('y'), 3))
    expect(workspaceStore.getState().history).toEqual({ [id]: [{ at: 3, frames: framesOf('y') }] })
  })

  test('is bounded in all, whatever is sent', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50_000), { maxLength: 30 }), (sizes) => {
        workspaceStore.setState(defaultWorkspace, true)
        for (const [at, size] of sizes.entries()) applyStep(remember(id, framesOf(`${at}`.padEnd(size, '.')), at))
        const all = Object.values(workspaceStore.getState().history).flat()
        const length = all.reduce((total, { frames }) => total + (frames[0]?.text.length ?? 0), 0)
        expect(length).toBeLessThanOrEqual(250_000)
        const last = sizes.length - 1
        if (last >= 0 && (sizes[last] ?? 0) > 2) expect(all.some(({ at }) => at === last)).toBe(true)
      }),
    )
  })

  test('is brought back with ids of its own, and what it replaced comes back', async () => {
    const frames = [{ ...newFrame('kept'), text: 'a', attachment: { name: 'file', size: 5 } }]
    write('mine')
    bringBack(id, { at: 1, frames })
    expect(workspaceStore.getState().sockets[0]?.frames).toMatchObject([{ text: 'a', attachment: { size: 5 } }])
    expect(workspaceStore.getState().sockets[0]?.frames[0]?.id).not.toBe('kept')
    await undoLast()
    expect(written()).toEqual(['mine'])
    await undoLast()
    expect(written()).toEqual(['a'])
  })
})

describe('going through it', () => {
  beforeEach(() => {
    for (const [at, text] of ['first', 'second'].entries()) applyStep(remember(id, framesOf(text), at))
  })

  test('ends at the oldest, and at what was written', () => {
    write('draft')
    for (const [by, text] of [
      [1, 'second'],
      [1, 'first'],
      [1, 'first'],
      [-1, 'second'],
      [-1, 'draft'],
      [-1, 'draft'],
    ] as const) {
      stepInHistory(id, by)
      expect(written()).toEqual([text])
    }
  })

  test('loses nothing that was written, also when what came back is changed', async () => {
    write('draft')
    stepInHistory(id, 1)
    await undoLast()
    expect(written()).toEqual(['draft'])
    stepInHistory(id, 1)
    write('second, changed')
    stepInHistory(id, 1)
    await undoLast()
    expect(written()).toEqual(['second, changed'])
  })

  test('goes past what was just sent', () => {
    write('second')
    stepInHistory(id, 1)
    expect(written()).toEqual(['first'])
  })
})
