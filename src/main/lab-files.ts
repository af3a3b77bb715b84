import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app, shell } from 'electron'
import { ownerOnlyFile } from '../engine/files/owner-only.ts'
import { replaceFile } from '../engine/files/replace-file.ts'
import { InspectorError } from '../shared/errors.ts'
import { safeFileName } from '../shared/file-name.ts'
import type { LabRun } from '../shared/lab/result.ts'
import { parseRunJson } from '../shared/lab/summary.ts'
import { reasonOf } from '../shared/reason.ts'
import { openFile } from './files.ts'

/** The name of a file with a run or about it. Blanks and signs would need quotes on a command line. */
export function fileNameOf(name: string, extension: string): string {
  const plain = name.normalize('NFKD').replaceAll(/[^\p{L}\p{N}.-]+/gu, '-')
  const stem = plain.replaceAll(/^[-.]+|[-.]+$/g, '')
  return safeFileName(`${stem === '' ? 'run' : stem}.${extension}`)
}

/** Lets the person choose a run's JSON; null when they change their mind. Throws `InspectorError`. */
export async function openRun(maximumBytes: number): Promise<LabRun | null> {
  const file = await openFile(maximumBytes)
  if (!file) return null
  try {
    return parseRunJson(new TextDecoder().decode(file.bytes))
  } catch (thrown) {
    const reason = reasonOf(thrown)
    throw new InspectorError('decode-failed', `${file.name} was not read. ${reason}`, undefined, { cause: thrown })
  }
}

/** Shows a page in the system's browser, from a temporary file that goes when the application ends. */
export async function showReport(html: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'zeromq-inspector-report-'))
  app.once('quit', () => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'report.html')
  await replaceFile(path, html, ownerOnlyFile)
  const failure = await shell.openPath(path)
  if (failure !== '')
    throw new InspectorError('file-failed', `The report is at ${path}, but could not be shown: ${failure}`)
}
