import type { ProtobufSchema } from '../../shared/codecs/protobuf/schema.ts'
import type { FileDeclaration } from './declarations.ts'
import { type FileProblem, type LinkedFile, spreadProblems } from './linked-file.ts'
import { type ResolvedFile, resolveFile } from './resolve-file.ts'
import { type Position, SourceError } from './source-error.ts'
import { TypeIndex } from './type-index.ts'
import { type ExtensionConflict, TypeTable } from './type-table.ts'

/** The file of each type (by full name) and extension (by name in brackets). */
export type Owners = ReadonlyMap<string, string>

/** Makes one schema of all usable files, and sets `problem` of the others and `warnings` of any. */
export function linkFiles(files: readonly LinkedFile[]): { schema: ProtobufSchema; owners: Owners } {
  spreadProblems(files)
  const resolved = resolveAll(files)
  spreadProblems(files)
  // A duplicate definition is reported for the later file; built-in files yield to the person's own copies.
  const inOrder = [...resolved].sort(([left], [right]) => Number(left.isBuiltIn) - Number(right.isBuiltIn))
  findConflicts(inOrder)
  spreadProblems(files)
  const types = new TypeTable()
  const usable = inOrder.filter(([file]) => !file.problem)
  for (const [file, found] of usable) types.add(file, found)
  for (const [file, found] of usable) {
    file.warnings.push(...types.extend(file, found).map((conflict) => conflictProblem(file, conflict)))
  }
  return { schema: types.schema(), owners: types.owners }
}

type Resolved = readonly (readonly [file: LinkedFile, found: ResolvedFile])[]

function resolveAll(files: readonly LinkedFile[]): Map<LinkedFile, ResolvedFile> {
  const resolved = new Map<LinkedFile, ResolvedFile>()
  const index = new TypeIndex(files)
  for (const file of files) {
    if (file.problem) continue
    try {
      resolved.set(file, resolveFile(file, index))
    } catch (error) {
      if (!(error instanceof SourceError)) throw error
      file.problem = { message: error.message, position: error.position }
    }
  }
  return resolved
}

/** Sets the problem of files whose types or extensions cannot stand beside those of the files before them. */
function findConflicts(files: Resolved): void {
  const types = new TypeTable()
  const usable = files.filter(([{ problem }]) => !problem)
  for (const [file, found] of usable) {
    const name = types.add(file, found)
    if (name !== undefined) {
      const message = `'${name}' is also defined in ${types.owners.get(name)}, but differently`
      file.problem = { message, position: placeOfType(file.declaration, name) }
    }
  }
  for (const [file, found] of usable) {
    if (file.problem) continue
    // As protoc does, extensions of one number are let pass with a warning: one file rarely uses both.
    const conflict = types.extend(file, found).find(({ cause }) => cause !== 'an extension has its number')
    if (conflict) file.problem = conflictProblem(file, conflict)
  }
}

function placeOfType(declaration: FileDeclaration | null, name: string): Position | null {
  const types = [...(declaration?.messages ?? []), ...(declaration?.enums ?? [])]
  return declaration?.positionAt(types.find((type) => type.name === name)?.node.nameAt ?? null) ?? null
}

function conflictProblem(file: LinkedFile, { added, other, cause }: ExtensionConflict): FileProblem {
  const { extendee, declaration } = added
  const { name, number, places } = declaration.node
  const position = file.declaration?.positionAt(places?.name ?? null) ?? null
  const bare = other.name.replace(/^\[|\]$/g, '')
  const messages: Record<ExtensionConflict['cause'], string> = {
    'a field has its number': `The field '${bare}' of '${extendee}' already has the number ${number}`,
    'an extension has its number': `'${name}' is left out: '${bare}' extends '${extendee}' with the number ${number} too`,
    'an extension has its name': `'${bare}' is defined by two files, but differently`,
  }
  return { position, message: messages[cause] }
}
