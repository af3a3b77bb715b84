import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DocumentFormat, NewerVersionError, readDocument } from '../../../src/shared/kept/document-format.ts'
import { labRunFormat, runVersion } from '../../../src/shared/lab/result.ts'
import { defaultSettings } from '../../../src/shared/settings.ts'
import { settingsFormat } from '../../../src/shared/settings-schema.ts'
import { noPlace, windowPlaceFormat } from '../../../src/shared/window-place.ts'
import { defaultWorkspace } from '../../../src/shared/workspace.ts'
import { workspaceFormat } from '../../../src/shared/workspace-schema.ts'

/** A format whose migrations note that they ran. */
const formatOf = (newest: number) => ({
  migrations: Array.from({ length: newest - 1 }, (_, index) => (document: Readonly<Record<string, unknown>>) => ({
    ...document,
    ran: [...(Array.isArray(document.ran) ? document.ran : []), index + 1],
  })),
  schema: { parse: (value: unknown) => value },
})

describe('a document', () => {
  test('of any version runs each migration from there on once, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), (one, other) => {
        const [version, newest] = [Math.min(one, other), Math.max(one, other)]
        const ran = Array.from({ length: newest - version }, (_, index) => version + index)
        expect(readDocument({ version, kept: 'x' }, formatOf(newest))).toEqual({
          version,
          document: { version: newest, kept: 'x', ...(ran.length > 0 && { ran }) },
        })
      }),
    )
  })

  test('without a version counts as version 1', () => {
    expect(readDocument({}, formatOf(2))).toEqual({ version: 1, document: { version: 2, ran: [1] } })
  })

  test('of a newer version is refused as such', () => {
    expect(() => readDocument({ version: 3 }, formatOf(2))).toThrow(NewerVersionError)
  })

  test.each([0, -1, 1.5, '1', null, Number.NaN, [], {}])('of the version %j is refused', (version) => {
    const read = () => readDocument({ version }, formatOf(1))
    if (version === null) expect(read()).toMatchObject({ version: 1 })
    else expect(read).toThrow(/version .* is not known/)
  })

  test.each([null, 1, 'text', [], undefined])('that is %j is for the schema to refuse', (value) => {
    const schema = {
      parse: (): never => {
        throw new Error('refused')
      },
    }
    expect(() => readDocument(value, { migrations: [], schema })).toThrow('refused')
  })
})

describe('what is written', () => {
  test.each<[string, { version: number }, DocumentFormat<unknown>]>([
    ['settings', defaultSettings, settingsFormat],
    ['a workspace', defaultWorkspace, workspaceFormat],
    ['a window place', noPlace, windowPlaceFormat],
  ])('as %s has the newest version of its format', (_what, document, format) => {
    expect(document.version).toBe(format.migrations.length + 1)
    expect(readDocument(JSON.parse(JSON.stringify(document)), format).document).toEqual(document)
  })

  test('as a run has the newest version of its format', () => {
    expect(runVersion).toBe(labRunFormat.migrations.length + 1)
  })
})
