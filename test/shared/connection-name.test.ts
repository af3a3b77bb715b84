import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connectionName, maximumNameLength, newConnection, tidyName } from '../../src/shared/workspace.ts'
import { connectionDraftSchema } from '../../src/shared/workspace-schema.ts'

test('a connection is called by its name, or else by its endpoint', () => {
  expect(connectionName({ name: 'Weather', endpoint: 'tcp://h:5' })).toBe('Weather')
  expect(connectionName({ name: '', endpoint: 'tcp://h:5' })).toBe('tcp://h:5')
  expect(connectionName({ name: '', endpoint: '' })).toBe('No endpoint yet')
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
        expect(connectionDraftSchema.parse({ ...newConnection('one'), name }).name).toBe(name)
      },
    ),
  )
})
