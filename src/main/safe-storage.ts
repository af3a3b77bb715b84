import { safeStorage } from 'electron'
import type { SecretCipher } from './secrets.ts'

/**
 * Whether the system protects what it encrypts. Without a key store, Linux encrypts with a key that is the same
 * everywhere (`basic_text`), which protects nothing.
 */
function isProtected(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false
  if (process.platform !== 'linux') return true
  return !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
}

/** The system's key store, asked when a secret is kept or used first: it may ask the person. For after app.ready. */
export function safeStorageCipher(): SecretCipher {
  let kind: SecretCipher['kind'] | undefined
  return {
    get kind() {
      kind ??= isProtected() ? 'system' : 'none'
      return kind
    },
    // Not the variants that answer later: what is opened with a secret has to be in the order of its commands.
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (bytes) => safeStorage.decryptString(bytes),
  }
}
