import { formatCount } from '../../shared/format.ts'
import { declare, type FileDeclaration } from './declarations.ts'
import { DescriptorReader } from './descriptor-message.ts'
import { type ElementOptions, fileOptions, noOptions, readOptions } from './descriptor-options.ts'
import { type Edition, knownEditions, proto2Edition } from './features.ts'
import { NamePool } from './name-pool.ts'
import { SourceError } from './source-error.ts'
import type { EnumNode, FieldNode, Import, MessageNode } from './syntax-tree.ts'
import { WireError, WireReader } from './wire-reader.ts'

/**
 * Reads the output of `protoc --descriptor_set_out`: its files by their import names. Throws a `SourceError` for
 * anything else, and for more files than `mostFiles`.
 */
export function readDescriptorSet(bytes: Buffer, mostFiles: number): ReadonlyMap<string, FileDeclaration> {
  const files = new Map<string, FileDeclaration>()
  const names = new NamePool()
  try {
    const set = new WireReader(bytes)
    while (set.next()) {
      if (set.field !== 1) continue
      if (files.size >= mostFiles) throw new SourceError(`Too many files: the limit is ${formatCount(mostFiles)}`, null)
      const { name, declaration } = readFile(set.message(), names)
      files.set(name, declaration)
    }
  } catch (thrown) {
    if (!(thrown instanceof WireError)) throw thrown
    throw new SourceError('The file is not a compiled descriptor set', null)
  }
  if (files.size === 0) throw new SourceError('There are no message types in the descriptor set', null)
  return files
}

function readFile(descriptor: WireReader, names: NamePool): { name: string; declaration: FileDeclaration } {
  const reader = new DescriptorReader(names)
  let name: string | null = null
  let packageName = ''
  let syntax = ''
  let editionNumber = 0
  let options: ElementOptions = noOptions
  const dependencies: string[] = []
  const isPublic = new Set<number>()
  const isWeak = new Set<number>()
  const messages: MessageNode[] = []
  const enums: EnumNode[] = []
  const extensions: FieldNode[] = []
  while (descriptor.next()) {
    if (descriptor.field === 1) name = descriptor.text()
    else if (descriptor.field === 2) packageName = descriptor.text()
    else if (descriptor.field === 3) dependencies.push(descriptor.text())
    else if (descriptor.field === 4) messages.push(reader.message(descriptor.message()))
    else if (descriptor.field === 5) enums.push(reader.enum(descriptor.message()))
    else if (descriptor.field === 7) extensions.push(reader.extension(descriptor.message()))
    else if (descriptor.field === 8) options = readOptions(descriptor.message(), fileOptions)
    else if (descriptor.field === 10) isPublic.add(descriptor.number)
    else if (descriptor.field === 11) isWeak.add(descriptor.number)
    else if (descriptor.field === 12) syntax = descriptor.text()
    else if (descriptor.field === 14) editionNumber = descriptor.number
  }
  // Any bytes can look like a message; those of a file have a name.
  if (name === null) throw new WireError('A file has no name')
  const imports = dependencies.map((dependency, index): Import => {
    const kind = isPublic.has(index) ? 'public' : isWeak.has(index) ? 'weak' : 'plain'
    return { name: dependency, kind, position: null }
  })
  const edition = editionOf(syntax, editionNumber)
  if (!edition) throw new SourceError(`Unknown edition '${editionNumber || syntax}' in '${name}'`, null)
  const positionAt = () => null
  const { features } = options
  const file = { edition, package: packageName, imports, features, messages, enums, extensions, positionAt }
  return { name, declaration: declare(file) }
}

function editionOf(syntax: string, number: number): Edition | undefined {
  if (syntax === '' && number === 0) return proto2Edition
  return knownEditions.find((edition) => (syntax === 'editions' ? edition.number === number : edition.name === syntax))
}
