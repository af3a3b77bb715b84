import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InspectorError } from '../../../src/shared/errors.ts'
import { encodeUtf8 } from '../../../src/shared/utf8.ts'
import {
  maximumPlainUsers,
  maximumPlainUsersBytes,
  type PlainUser,
  parsePlainUsers,
} from '../../../src/shared/zmq/plain-users.ts'
import { tries } from '../../support/nightly.ts'

const parse = (text: string): readonly PlainUser[] => parsePlainUsers(encodeUtf8(text))

const failureOf = (text: string): InspectorError => {
  try {
    parse(text)
  } catch (thrown) {
    if (thrown instanceof InspectorError) return thrown
    throw thrown
  }
  return expect.unreachable('it was read')
}

describe('a file of users', () => {
  test('has a user on each line, but for comments and empty ones', () => {
    expect(parse('\ufeff# users\r\nanna=secret\r\n\r\n  bob=two words \r\n\t# carl=x\nü=\n')).toEqual([
      { name: 'anna', password: 'secret' },
      { name: 'bob', password: 'two words ' },
      { name: 'ü', password: '' },
    ])
  })

  test.each([
    ['anna=a=b:c d#e', 'a=b:c d#e'],
    ['anna=:', ':'],
    ['anna:secret', 'secret'],
    ['anna:two words', 'two words'],
    ['anna:a:b', 'a:b'],
    ['anna secret', 'secret'],
    ['anna \t two words', 'two words'],
    ['anna=#1', '#1'],
  ])('takes %j', (line, password) => {
    expect(parse(line)).toEqual([{ name: 'anna', password }])
  })

  const unclear = 'so where the name ends is not clear. Write name=password.'
  test.each([
    ['# nobody', 'The file has no users. Write name=password on a line each.'],
    ['', 'The file has no users. Write name=password on a line each.'],
    ['\nanna', 'Line 2: it has no password. Write name=password, or name= where the password is empty.'],
    ['=hunter2', 'Line 1: the name is missing before the password.'],
    [':hunter2', 'Line 1: the name is missing before the password.'],
    ['anna:hunter2=5', `Line 1: : stands before =, ${unclear}`],
    ['anna hunter2=5', `Line 1: white space stands before =, ${unclear}`],
    ['anna hunter2:5', `Line 1: white space stands before :, ${unclear}`],
    ['anna=hunter2\n\nanna=hunter3', 'Line 3: the user "anna" is in line 1 already.'],
    ['an\u202ena=hunter2\nan\u202ena=x', 'Line 2: the user "anU+202Ena" is in line 1 already.'],
    [`${'ä'.repeat(128)}=hunter2`, 'Line 1: a name has 255 bytes at most, and this one has 256.'],
    [`anna=hunter2${'x'.repeat(249)}`, 'Line 1: a password has 255 bytes at most, and this one has 256.'],
  ])('refuses %j without repeating a password', (text, message) => {
    const failure = failureOf(text)
    expect(failure.toValue()).toMatchObject({ code: 'invalid-argument', message })
    expect(failure.message).not.toContain('hunter')
  })

  test('takes the longest names and passwords', () => {
    const user = { name: 'ä'.repeat(127), password: 'x'.repeat(255) }
    expect(parse(`${user.name}=${user.password}`)).toEqual([user])
  })

  test('is bounded', () => {
    const lines = Array.from({ length: maximumPlainUsers }, (_, index) => `user${index}=x`)
    expect(parse(lines.join('\n'))).toHaveLength(maximumPlainUsers)
    expect(failureOf([...lines, 'one=more'].join('\n')).message).toBe('Line 10001: there are 10,000 users at most.')
    expect(failureOf('#'.repeat(maximumPlainUsersBytes + 1)).code).toBe('too-large')
  })

  test('of any names and passwords is read back', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((text) => !/[=:\s\ufeff]|^#/u.test(text))
    const password = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !/^\s|[\r\n]/.test(text))
    const users = fc.uniqueArray(fc.record({ name, password }), { minLength: 1, selector: (user) => user.name })
    fc.assert(
      fc.property(users, (written) => {
        expect(parse(written.map((user) => `${user.name}=${user.password}`).join('\n'))).toEqual(written)
      }),
      tries(300, 10_000),
    )
  })
})
