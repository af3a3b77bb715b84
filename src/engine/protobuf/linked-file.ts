import type { FileDeclaration } from './declarations.ts'
import type { Position } from './source-error.ts'

/** Why a file's types cannot be used. */
export interface FileProblem {
  readonly position: Position | null
  readonly message: string
  /** The problem of a file that it imports, directly or not, if that is the cause. */
  readonly cause?: FileProblem
}

/** One of the files that are read together. */
export interface LinkedFile {
  /** The file to show and watch; for a file of a descriptor set, the set. */
  readonly path: string
  /** The sources that it was read for. */
  readonly sourceIds: Set<string>
  /** Whether others may define the same types without conflict: the files included with Protobuf. */
  readonly isBuiltIn: boolean
  /** Null when it could not be read. */
  readonly declaration: FileDeclaration | null
  readonly dependencies: Dependency[]
  /** Only the first: later ones often follow from it. */
  problem: FileProblem | null
  /** What is left out of its types, which are used all the same. */
  readonly warnings: FileProblem[]
}

export interface Dependency {
  readonly file: LinkedFile
  readonly name: string
  readonly isPublic: boolean
  readonly position: Position | null
}

/** Marks the files that import an unusable one, directly or not, including cycles. */
export function spreadProblems(files: readonly LinkedFile[]): void {
  const importers = new Map<LinkedFile, { importer: LinkedFile; dependency: Dependency }[]>()
  for (const importer of files) {
    for (const dependency of importer.dependencies) {
      const known = importers.get(dependency.file)
      if (known) known.push({ importer, dependency })
      else importers.set(dependency.file, [{ importer, dependency }])
    }
  }
  const broken = files.filter(({ problem }) => problem)
  for (let file = broken.pop(); file; file = broken.pop()) {
    for (const { importer, dependency } of importers.get(file) ?? []) {
      if (importer.problem) continue
      // The first cause and not the whole chain of imports, which can be thousands long.
      const cause = file.problem?.cause ?? file.problem
      if (!cause) continue
      importer.problem = {
        position: dependency.position,
        cause,
        message: `The import '${dependency.name}' cannot be used: ${cause.message}`,
      }
      broken.push(importer)
    }
  }
}

/** The file, its imports, and what those re-export with `import public`. */
export function visibleFiles(file: LinkedFile): ReadonlySet<LinkedFile> {
  const visible = new Set([file, ...file.dependencies.map((dependency) => dependency.file)])
  // Iterates over files added meanwhile as well.
  for (const other of visible) {
    if (other === file) continue
    for (const { file: passedOn, isPublic } of other.dependencies) if (isPublic) visible.add(passedOn)
  }
  return visible
}
