import { expect, test } from 'vitest'
import { nextTurn } from '../../src/engine/next-turn.ts'
import { TurnBudget } from '../../src/engine/turn-budget.ts'

test('a budget of a turn lets some work, and the others in later turns and in order', async () => {
  let now = 0
  const budget = new TurnBudget(5, () => now)
  const done: number[] = []
  const work = async (id: number) => {
    await budget.take()
    now += 2
    done.push(id)
  }
  const all = Promise.all(Array.from({ length: 8 }, (_, id) => work(id)))
  const turns: number[] = []
  while (done.length < 8) {
    await nextTurn()
    turns.push(done.length)
  }
  // Pieces of 2 ms: the third one uses up the 5 ms.
  expect(new Set(turns.map((count, index) => count - (turns[index - 1] ?? 0)))).toEqual(new Set([3, 2]))
  await all
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  // What is left of the present turn can be had at once.
  const last = budget.take()
  if (last) await last
  expect(budget.take()).toBeUndefined()
})
