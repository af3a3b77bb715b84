import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app, dialog } from 'electron'
import { reasonOf } from '../shared/reason.ts'

const exitCode = 1

/** Chromium needs a folder even for a dialog. */
function keepInTemporaryFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), 'zeromq-inspector-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  app.setPath('userData', folder)
}

async function showReason(reason: string): Promise<void> {
  keepInTemporaryFolder()
  await app.whenReady()
  // Not `showErrorBox`, which would keep the process from ending when a signal asks it to.
  await dialog.showMessageBox({
    type: 'error',
    title: app.name,
    message: 'ZeroMQ Inspector cannot start',
    detail: reason,
  })
}

/**
 * Ends a process that could not begin, with exit code 1: says why in a line on the terminal, and in a dialog unless it
 * is the demo, which nobody sits in front of.
 */
export function endUnstarted(thrown: unknown, demo: boolean): void {
  const reason = reasonOf(thrown)
  // Whoever ends it while the dialog is there gets the same exit code.
  app.once('will-quit', () => app.exit(exitCode))
  process.stderr.write(`${reason}\n`, () => {
    const shown = demo ? Promise.resolve() : showReason(reason)
    shown
      .catch((failure: unknown) => process.stderr.write(`No dialog can be shown: ${reasonOf(failure)}\n`))
      .finally(() => app.exit(exitCode))
  })
}
