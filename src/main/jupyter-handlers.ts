import { randomUUID } from 'node:crypto'
import { checkSignature } from '../engine/jupyter/signature.ts'
import type { Handlers } from '../shared/contract/index.ts'
import { InspectorError } from '../shared/errors.ts'
import { mostConnectionFileBytes, readConnectionFile } from '../shared/jupyter/connection-file.ts'
import { decodeUtf8 } from '../shared/utf8.ts'
import type { openFile } from './files.ts'
import type { SecretStore } from './secrets.ts'

/** Answers the commands about kernels of Jupyter. */
export const jupyterHandlers = (secrets: SecretStore, open: typeof openFile) =>
  ({
    'jupyter.open': async () => {
      const file = await open(mostConnectionFileBytes, (limit) => `a connection file has ${limit} at most`)
      if (!file) return null
      const text = decodeUtf8(file.bytes)
      if (text === undefined) throw new InspectorError('decode-failed', `${file.name} is no text.`)
      const { key, shell, iopub, heartbeat } = readConnectionFile(text)
      const endpoints = { shell, iopub, heartbeat }
      if (key === '') return { ...endpoints, signing: null }
      const id = `password:${randomUUID()}`
      await secrets.keep(id, key)
      return { ...endpoints, signing: { kind: 'jupyter', key: id } }
    },
    'jupyter.check': async ({ frames, signing }) =>
      secrets.state.kept.includes(signing.key) ? checkSignature(frames, secrets.read(signing.key)) : 'no-key',
  }) satisfies Partial<Handlers>
