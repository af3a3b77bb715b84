import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CommandOrder } from '../../src/main/command-order.ts'
import { deferred } from '../support/deferred.ts'

const noteIn =
  (acts: string[]) =>
  async (name: string): Promise<string> => {
    acts.push(name)
    return name
  }

test('a command with nothing before it is acted on at once', async () => {
  const acts: string[] = []
  const ended = new CommandOrder().run('a', 'send', noteIn(acts))
  expect(acts).toEqual(['send'])
  expect(await ended).toBe('send')
})

test('a command waits for one that is being prepared, not for what that one brings', async () => {
  const order = new CommandOrder()
  const acts: string[] = []
  const note = noteIn(acts)
  const prepared = deferred<string>()
  const reply = deferred<string>()
  const sent = order.run('a', prepared.promise, async (name) => {
    acts.push(name)
    return reply.promise
  })
  const cancelled = order.run('a', 'cancel', note)
  await order.run('b', 'of another', note)
  expect(acts).toEqual(['of another'])
  prepared.resolve('send')
  await cancelled
  expect(acts).toEqual(['of another', 'send', 'cancel'])
  reply.resolve('reply')
  expect(await sent).toBe('reply')
})

test('a failed preparation fails its own command, and lets nobody overtake those before it', async () => {
  const order = new CommandOrder()
  const acts: string[] = []
  const first = deferred<string>()
  const sent = order.run('a', first.promise, noteIn(acts))
  const failed = order.run('a', Promise.reject(new Error('invalid')), noteIn(acts))
  const cancelled = order.run('a', 'cancel', noteIn(acts))
  await expect(failed).rejects.toThrow('invalid')
  expect(acts).toEqual([])
  first.resolve('send')
  await Promise.all([sent, cancelled])
  expect(acts).toEqual(['send', 'cancel'])
})

test('commands are acted on in the order in which they came, whatever their preparations do', async () => {
  const kinds = fc.array(fc.constantFrom('at once', 'prepared', 'failing'), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(kinds, fc.scheduler(), async (commands, scheduler) => {
      const order = new CommandOrder()
      const acts: string[] = []
      const ends = commands.map((kind, index) => {
        const prepared =
          kind === 'at once'
            ? `${index}`
            : scheduler.schedule(Promise.resolve(`${index}`)).then((name) => {
                if (kind === 'failing') throw new Error('invalid')
                return name
              })
        return order.run('a', prepared, noteIn(acts))
      })
      await Promise.all([scheduler.waitAll(), Promise.allSettled(ends)])
      expect(acts).toEqual(commands.flatMap((kind, index) => (kind === 'failing' ? [] : [`${index}`])))
    }),
  )
})
