import fc from 'fast-check'
import { expect, test } from 'vitest'
import { requestSpec } from '../../src/shared/session/spec.ts'
import { maximumNameLength, newSocket, socketName, tidyName } from '../../src/shared/workspace.ts'
import { socketDraftSchema } from '../../src/shared/workspace-schema.ts'

test('a socket is called by its name, or else by its endpoint', () => {
  expect(socketName({ name: 'Weather', ...requestSpec('tcp://h:5') })).toBe('Weather')
  expect(socketName({ name: '', ...requestSpec('tcp://h:5') })).toBe('tcp://h:5')
  expect(socketName({ name: '', ...requestSpec('') })).toBe('No endpoint yet')
})

test('any text becomes a name that can be kept, and stays as it is then', () => {
  expect(tidyName(' The \n weather\t')).toBe('The weather')
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\u202e', 'م', '👋', '👩‍👧'), maxLength: 200 }),
      (text) => {
        const name = tidyName(text)
        expect(name.length).toBeLessThanOrEqual(maximumNameLength)
        expect(name).not.toMatch(/\p{Cs}/u)
        expect(tidyName(name)).toBe(name)
        expect(socketDraftSchema.parse({ ...newSocket('one'), name }).name).toBe(name)
      },
    ),
  )
})
