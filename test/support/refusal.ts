import { expect } from 'vitest'
import { InspectorError } from '../../src/shared/errors.ts'

/** What is said of input that is refused (`invalid-argument`); fails when it is taken. */
export function refusalOf(act: () => unknown): string {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof InspectorError && thrown.code === 'invalid-argument') return thrown.message
    throw thrown
  }
  return expect.unreachable('it was taken')
}
