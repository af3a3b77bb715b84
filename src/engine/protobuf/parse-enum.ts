import { OptionSet, readOptionList, readOptionStatement } from './option-reader.ts'
import { ScopeNames } from './scope-names.ts'
import type { EnumNode } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

interface WrittenNumber {
  readonly number: number
  readonly at: number
}

const lowestNumber = -(2 ** 31)
const highestNumber = 2 ** 31 - 1

/** Reads an enum; `declare` is told its name. Throws `SourceError`. */
export function parseEnum(reader: TokenReader, declare: (name: string, at: number) => void): EnumNode {
  reader.expect('enum')
  const nameAt = reader.start
  const name = reader.identifier()
  declare(name, nameAt)
  const options = new OptionSet()
  const names = new ScopeNames(reader, name)
  const values: { name: string; number: number }[] = []
  const numbers: WrittenNumber[] = []
  reader.block('{', '}', () => {
    if (reader.skips(';')) return
    if (reader.is('option')) readOptionStatement(reader, options)
    else if (reader.is('reserved')) names.readReserved()
    else {
      const valueAt = reader.start
      const valueName = reader.identifier()
      names.addName(valueName, valueAt)
      reader.expect('=')
      const at = reader.start
      const number = reader.signedInteger('number')
      if (number < lowestNumber || number > highestNumber) {
        reader.fail(`Enum numbers go from ${lowestNumber} to ${highestNumber}`, at)
      }
      readOptionList(reader)
      reader.expect(';')
      values.push({ name: valueName, number })
      numbers.push({ number, at })
    }
  })
  const mayRepeat = options.flag('allow_alias') === true
  for (const { number, at } of numbers) names.addNumber(number, at, mayRepeat)
  names.checkReserved()
  return { name, nameAt, features: options.features, values }
}
