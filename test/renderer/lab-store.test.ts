import { describe, expect, test } from 'vitest'
import { type Lab, labStore, showing } from '../../src/renderer/state/lab-store.ts'
import { runOf } from '../support/lab.ts'

const listed = (id: number, startedAt = id) => ({ id, run: runOf([], { startedAt }) })
const [oldest, middle, newest] = [listed(1), listed(2), listed(3)]
const state = (part: Partial<Lab>): Lab => ({ ...labStore.getInitialState(), ...part })

describe('the shown runs', () => {
  test('stand in the order in which they were made, whichever was ticked last', () => {
    expect(showing(state({ shown: [newest] }), [newest, oldest, middle]).shown).toEqual([oldest, middle, newest])
  })

  test('keep their baseline while it is among them', () => {
    const lab = state({ shown: [oldest, newest], baseline: newest.id })
    expect(showing(lab, [oldest, newest, middle]).baseline).toBe(newest.id)
    const renamed = { ...newest, run: { ...newest.run, name: 'another name' } }
    expect(showing(lab, [oldest, renamed]).baseline).toBe(newest.id)
  })

  test('have no chosen baseline when it is unticked or deleted', () => {
    const lab = state({ shown: [oldest, newest], baseline: newest.id })
    expect(showing(lab, [oldest]).baseline).toBeNull()
    // Ticked again, it is one like the others.
    expect(showing(state({ ...showing(lab, [oldest]) }), [oldest, newest]).baseline).toBeNull()
  })

  test('keep the step in the pictures while the first run stays', () => {
    const lab = state({ shown: [middle], step: 2 })
    expect(showing(lab, [middle, newest]).step).toBe(2)
    expect(showing(lab, [middle, oldest]).step).toBe(0)
  })
})
