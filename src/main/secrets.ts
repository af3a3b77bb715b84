import { z } from 'zod'
import { JsonFile, type UnusableFile } from '../engine/files/json-file.ts'
import type { KeptDocument } from '../engine/files/kept-document.ts'
import { InspectorError } from '../shared/errors.ts'
import type { DocumentFormat } from '../shared/kept/document-format.ts'
import { type SecretState, secretIdForm, wordsForMissing } from '../shared/secrets.ts'
import { describeUnusable } from './unusable-files.ts'

/** What encrypts secrets before they are written. */
export interface SecretCipher {
  /** `none` where nothing protects what would be written: then nothing is. Asked for when it matters first. */
  readonly kind: 'system' | 'none'
  encrypt(text: string): Buffer
  decrypt(bytes: Buffer): string
}

const secretFileSchema = z.object({
  version: z.literal(1),
  /** Each value is encrypted, in base64. */
  secrets: z.array(z.object({ id: z.string().regex(secretIdForm), value: z.string() })),
})

export type SecretFile = z.infer<typeof secretFileSchema>

/** The file that keeps encrypted secrets. */
export const secretFileFormat: DocumentFormat<SecretFile> = { migrations: [], schema: secretFileSchema }

const noSecrets: SecretFile = { version: 1, secrets: [] }

export interface SecretStoreHost {
  /** Keeps the file's document from now on. Called before the first secret is written. */
  keep(file: JsonFile<SecretFile>, document: SecretFile): Pick<KeptDocument<SecretFile>, 'save'>
  /** The file, or something in it, could not be used. */
  unusable(file: UnusableFile): void
  changed(state: SecretState): void
}

/**
 * The secrets of the sockets: the system's key store encrypts them, and a file keeps them so. Where there is no such store
 * or the file must stay as it is, they live in memory until the application ends. Its errors never repeat a secret.
 */
export class SecretStore {
  /** What is in the file, or will be, by id. */
  readonly #encrypted: Map<string, string>
  /** What is in memory alone, by id. */
  readonly #ofThisRun = new Map<string, string>()
  /** Those in the file that the key store was found not to decrypt. */
  readonly #unreadable = new Set<string>()
  #problem: InspectorError | null = null
  #document: Pick<KeptDocument<SecretFile>, 'save'> | undefined

  private constructor(
    private readonly file: JsonFile<SecretFile>,
    private readonly found: SecretFile,
    private readonly cipher: SecretCipher,
    private readonly host: SecretStoreHost,
  ) {
    this.#encrypted = new Map(found.secrets.map(({ id, value }) => [id, value]))
  }

  /** Reads the file at the path. The key store is not asked before a secret is kept or used. */
  static async open(path: string, cipher: SecretCipher, host: SecretStoreHost): Promise<SecretStore> {
    const file = new JsonFile(path, secretFileFormat, noSecrets)
    let unusable: UnusableFile | null = null
    const found = await file.read((each) => {
      unusable = each
    })
    const store = new SecretStore(file, found, cipher, host)
    if (unusable) store.#tellUnusable(unusable)
    return store
  }

  /** Asks the key store, which may ask the person. */
  get state(): SecretState {
    const isSystem = this.#isSystem
    const encrypted = this.cipher.kind === 'system' ? [...this.#encrypted.keys()] : []
    const readable = encrypted.filter((id) => !this.#unreadable.has(id))
    const problem = this.#problem ?? this.#lockedProblem
    return {
      store: isSystem ? 'system' : 'this-run',
      problem: problem?.toValue() ?? null,
      kept: [...new Set([...readable, ...this.#ofThisRun.keys()])],
    }
  }

  get #isSystem(): boolean {
    return this.file.isWritable && this.cipher.kind === 'system'
  }

  get #lockedProblem(): InspectorError | null {
    if (this.#encrypted.size === 0 || this.cipher.kind === 'system') return null
    const words = "The system's key store cannot be used, so the secrets that are kept cannot be read in this run."
    return new InspectorError('file-failed', `${words} Unlock it and start the application again.`)
  }

  /** Keeps a secret in place of the one that had its id. Resolves when it was tried to write it. */
  async keep(id: string, text: string): Promise<void> {
    const value = this.#encrypt(text)
    if (value === null) {
      this.#ofThisRun.set(id, text)
    } else {
      this.#ofThisRun.delete(id)
      this.#encrypted.set(id, value)
      this.#unreadable.delete(id)
      await this.#save()
    }
    this.#tell()
  }

  /** The value to be written; null for a secret that can only be kept for this run. */
  #encrypt(text: string): string | null {
    if (!this.#isSystem) return null
    try {
      const bytes = this.cipher.encrypt(text)
      // What cannot be read back would be lost at the next start.
      if (this.cipher.decrypt(bytes) === text) return bytes.toString('base64')
    } catch {
      // Told below, in words that cannot repeat the secret.
    }
    this.#problem = new InspectorError(
      'file-failed',
      "The system's key store did not take a secret. It is kept until the application ends.",
    )
    return null
  }

  /** Whether a secret can be used now. */
  has(id: string): boolean {
    return (
      this.#ofThisRun.has(id) || (this.#encrypted.has(id) && !this.#unreadable.has(id) && this.cipher.kind === 'system')
    )
  }

  /** A secret. Throws `InspectorError` (`invalid-argument`, with the id as `secret`) when it has to be written again. */
  read(id: string): string {
    const text = this.#find(id)
    if (text !== null) return text
    throw new InspectorError('invalid-argument', wordsForMissing(id), { secret: id })
  }

  #find(id: string): string | null {
    return this.#ofThisRun.get(id) ?? this.#decrypted(id)
  }

  #decrypted(id: string): string | null {
    const value = this.#encrypted.get(id)
    if (value === undefined || this.cipher.kind === 'none') return null
    const text = this.#decrypt(value)
    if (text === null) this.#noteUnreadable(id)
    return text
  }

  #decrypt(value: string): string | null {
    try {
      return this.cipher.decrypt(Buffer.from(value, 'base64'))
    } catch {
      // The caller tells it, in words that cannot repeat the secret.
      return null
    }
  }

  /** It stays in the file: the key store may be another in this run, or locked in part. */
  #noteUnreadable(id: string): void {
    if (this.#unreadable.has(id)) return
    this.#unreadable.add(id)
    const words =
      "The system's key store does not decrypt a secret that is kept here: it may have been kept with another."
    this.#problem = new InspectorError('file-failed', `${words} Write it again to replace it.`)
    this.#tell()
  }

  /** Several secrets by their ids, for the engine, without those that are missing: it says what those are for. */
  resolve(ids: readonly string[]): Record<string, string> {
    const found = ids.map((id) => [id, this.#find(id)] as const)
    return Object.fromEntries(found.filter((each): each is [string, string] => each[1] !== null))
  }

  async remove(id: string): Promise<void> {
    await this.#removeAll((each) => each === id)
  }

  /** Removes all secrets but these. */
  async retain(ids: readonly string[]): Promise<void> {
    const wanted = new Set(ids)
    await this.#removeAll((id) => !wanted.has(id))
  }

  async #removeAll(isRemoved: (id: string) => boolean): Promise<void> {
    const ofThisRun = [...this.#ofThisRun.keys()].filter(isRemoved)
    for (const id of ofThisRun) this.#ofThisRun.delete(id)
    const encrypted = [...this.#encrypted.keys()].filter(isRemoved)
    // Without the key store nothing is written, so what the file holds stays there.
    const isWritten = encrypted.length > 0 && this.#isSystem
    if (isWritten) {
      for (const id of encrypted) this.#encrypted.delete(id)
      await this.#save()
    }
    if (isWritten || ofThisRun.length > 0) this.#tell()
  }

  async #save(): Promise<void> {
    if (!this.#isSystem) return
    this.#document ??= this.host.keep(this.file, this.found)
    await this.#document.save({ version: 1, secrets: [...this.#encrypted].map(([id, value]) => ({ id, value })) })
  }

  #tellUnusable(unusable: UnusableFile): void {
    this.#problem = new InspectorError('file-failed', describeUnusable(unusable))
    this.host.unusable(unusable)
  }

  #tell(): void {
    this.host.changed(this.state)
  }
}
