import { OptionSet, readOptionStatement } from './option-reader.ts'
import type { ScopeNames } from './scope-names.ts'
import type { TokenReader } from './token-reader.ts'

/** Reads a service, of which nothing but its name is kept: no method has an encoding. */
export function readService(reader: TokenReader, names: ScopeNames): void {
  reader.expect('service')
  const at = reader.start
  names.addName(reader.identifier(), at)
  reader.block('{', '}', () => {
    if (reader.skips(';')) return
    if (reader.is('option')) readOptionStatement(reader, new OptionSet())
    else readMethod(reader)
  })
}

/** Reads `rpc Name (Request) returns (stream Reply);`, or with its options in braces. */
function readMethod(reader: TokenReader): void {
  if (!reader.skips('rpc')) reader.failIllegal('token')
  reader.identifier()
  readMethodType(reader)
  reader.expect('returns')
  readMethodType(reader)
  if (reader.skips(';')) return
  reader.block('{', '}', () => {
    if (!reader.skips(';')) readOptionStatement(reader, new OptionSet())
  })
}

function readMethodType(reader: TokenReader): void {
  reader.expect('(')
  if (reader.is('stream') && reader.peekWord() !== null) reader.next()
  reader.typeName()
  reader.expect(')')
}
