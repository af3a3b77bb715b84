import type { ProtobufSchema } from '../../shared/codecs/protobuf/schema.ts'
import type { ReadingProgress, SchemaSource } from '../../shared/protobuf-sources.ts'
import { linkFiles, type Owners } from './link.ts'
import type { FileProblem, LinkedFile } from './linked-file.ts'
import { type SchemaLimits, schemaLimits } from './schema-limits.ts'
import { type SourceProblem, SourceReader } from './source-reader.ts'

export interface LoadedSchema {
  readonly schema: ProtobufSchema
  /** The file of each type and extension. */
  readonly owners: Owners
  /** The files that were read or searched for. */
  readonly files: readonly string[]
  /** The folders in which a new file would change the result. */
  readonly folders: readonly string[]
  readonly problems: readonly SourceProblem[]
}

/**
 * Reads the message types of all sources. An unusable file affects only those that import it, and each of them is among
 * the problems. `progress` is told of every file.
 */
export async function loadSchema(
  sources: readonly SchemaSource[],
  includeRoots: readonly string[],
  limits: Partial<SchemaLimits> = {},
  progress: (progress: ReadingProgress) => void = () => undefined,
): Promise<LoadedSchema> {
  const reader = new SourceReader(includeRoots, { ...schemaLimits, ...limits }, progress)
  await reader.read(sources)
  const files = [...reader.files.values()]
  const { schema, owners } = linkFiles(files)
  // Causes first: a display of one problem per source shows the one to fix.
  const errors = files.flatMap((file) => (file.problem ? [{ file, problem: file.problem }] : []))
  const causes = errors.filter(({ problem }) => !problem.cause)
  const consequences = errors.filter(({ problem }) => problem.cause)
  const warnings = files.flatMap((file) => file.warnings.map((problem) => ({ file, problem })))
  return {
    schema,
    owners,
    files: [...reader.watchedFiles],
    folders: [...reader.watchedFolders],
    problems: [
      ...reader.problems,
      ...[...causes, ...consequences].flatMap(({ file, problem }) => problemsOf(file, problem, 'error')),
      ...warnings.flatMap(({ file, problem }) => problemsOf(file, problem, 'warning')),
    ],
  }
}

function problemsOf(
  { path, sourceIds }: LinkedFile,
  { position, message }: FileProblem,
  severity: SourceProblem['severity'],
): SourceProblem[] {
  const line = position?.line ?? null
  const column = position?.column ?? null
  return [...sourceIds].map((sourceId) => ({ sourceId, severity, path, line, column, message }))
}
