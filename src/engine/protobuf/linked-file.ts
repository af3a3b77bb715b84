import type { FileDeclaration } from './declarations.ts'
import type { Position } from './tokens.ts'

/** Why a file's types cannot be used. */
export interface FileProblem {
  readonly position: Position | null
  readonly message: string
  /** Whether only a file that it imports is to blame. */
  readonly isConsequence?: boolean
}

/** A file among those that are read together. */
export interface LinkedFile {
  /** The file to show and to watch: for a file of a descriptor set, the set. */
  readonly path: string
  /** The sources that it was read for. */
  readonly sourceIds: Set<string>
  /** What others beside it may define as well without a conflict: the files that come with Protobuf. */
  readonly isBuiltIn: boolean
  /** Null when it could not be read. */
  readonly declaration: FileDeclaration | null
  readonly dependencies: Dependency[]
  /** Only the first: what follows is often its consequence. */
  problem: FileProblem | null
}

export interface Dependency {
  readonly file: LinkedFile
  readonly name: string
  readonly isPublic: boolean
  readonly position: Position | null
}

/** Marks the files that import one which cannot be used, in circles too. */
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
      importer.problem = {
        position: dependency.position,
        isConsequence: true,
        message: `The import '${dependency.name}' cannot be used: ${file.problem?.message}`,
      }
      broken.push(importer)
    }
  }
}

/** The file, what it imports, and what those pass on with `import public`. */
export function visibleFiles(file: LinkedFile): ReadonlySet<LinkedFile> {
  const visible = new Set([file, ...file.dependencies.map((dependency) => dependency.file)])
  // What is added on the way is looked at as well.
  for (const other of visible) {
    if (other === file) continue
    for (const { file: passedOn, isPublic } of other.dependencies) if (isPublic) visible.add(passedOn)
  }
  return visible
}
