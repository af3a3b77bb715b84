import { app } from 'electron'
import type { JsonFile } from '../engine/files/json-file.ts'
import { KeptDocument } from '../engine/files/kept-document.ts'
import type { Notices } from './notices.ts'
import { cannotBeSaved, describeDisturbance, savedAgain } from './unusable-files.ts'

/** The part of a kept document that does not depend on what is in it. */
type AnyDocument = Pick<KeptDocument<unknown>, 'unsavedReason' | 'tryAgain' | 'close'>

/** What is not saved, and why. */
interface Unsaved {
  readonly what: string
  readonly reason: string
}

/** The documents that are kept, and what of them is not saved: told by notices, the window's title and at quitting. */
export class UnsavedFiles {
  readonly #documents = new Map<string, AnyDocument>()
  #titleChanged = (_title: string | null): void => undefined

  constructor(private readonly notices: Notices) {}

  /** Keeps a document, which `what` names, such as `workspace`, in its file from now on. */
  keep<Document>(what: string, path: string, file: JsonFile<Document>, document: Document): KeptDocument<Document> {
    /** The notice about whether it can be saved. */
    let told: number | null = null
    const kept = new KeptDocument(file, document, {
      unsaved: (reason) => {
        const notice = reason === null ? savedAgain(what, path) : cannotBeSaved(what, path, reason)
        told = this.notices.replace(told, notice)
        this.#titleChanged(this.title)
      },
      disturbed: (disturbance) => {
        const { level, title, text } = describeDisturbance(what, disturbance)
        this.notices.add(level, title, text)
      },
    })
    this.#documents.set(what, kept)
    return kept
  }

  get all(): readonly Unsaved[] {
    return [...this.#documents].flatMap(([what, { unsavedReason: reason }]) =>
      reason === null ? [] : [{ what, reason }],
    )
  }

  /** The window's title while something is not saved, which says so; null while all is. */
  get title(): string | null {
    const unsaved = this.all
    if (unsaved.length === 0) return null
    return `${app.name}: ${unsaved.map(({ what, reason }) => `${what} not saved (${reason})`).join(', ')}`
  }

  /** Calls `changed` with each title from now on. */
  followTitle(changed: (title: string | null) => void): void {
    this.#titleChanged = changed
    changed(this.title)
  }

  /** Tries at once to save what is not saved. */
  async tryAgain(): Promise<void> {
    await Promise.all([...this.#documents.values()].map((document) => document.tryAgain()))
  }

  /** Writes what waits to be written, and stops trying. */
  async close(): Promise<void> {
    await Promise.all([...this.#documents.values()].map((document) => document.close()))
  }
}
