import { type Position, SourceError } from './source-error.ts'

/** Why protoc refuses a name in an import; null for one that it looks for. */
function faultOf(name: string): string | null {
  if (name === '') return 'An import names a file; this one is empty'
  if (name.includes('\\')) return "An import is written with '/' and without '\\'"
  if (name.includes('\0')) return 'An import cannot contain a null character'
  // A drive, on any system: a file that works on one must not be another file elsewhere.
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) {
    return 'An import starts at one of the folders searched for imports, so it cannot be an absolute path'
  }
  const parts = name.split('/')
  if (parts.includes('..')) return "An import cannot leave its folder with '..'"
  if (parts.includes('.')) return "An import is written without '.' as a folder"
  return parts.includes('') ? "An import is written without '//' and without '/' at its end" : null
}

/** Throws `SourceError` for a name that protoc refuses as well. */
export function checkImportName(name: string, position: Position | null): void {
  const fault = faultOf(name)
  if (fault !== null) throw new SourceError(fault, position)
}
