import type { SignatureCheck } from '../jupyter/message.ts'
import { type Signing, signingSchema } from '../jupyter/signing.ts'
import { z } from '../schema.ts'
import type { KernelEndpoints } from '../starting-points/jupyter.ts'
import { command, nothing } from './command.ts'

const frame = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes')

/** A kernel as its connection file tells of it. Its key stays at the host. */
export interface OpenedKernel extends KernelEndpoints {
  /** Null where messages are not signed. */
  readonly signing: Signing | null
}

/** Kernels of Jupyter, whose messages are signed. */
export const jupyterCommands = {
  /** Lets the person choose a connection file, and keeps its key; null when they cancel. */
  'jupyter.open': command<OpenedKernel | null>()(nothing),
  /** Whether a message has the signature of the key. */
  'jupyter.check': command<SignatureCheck>()(z.object({ frames: z.array(frame).max(1000), signing: signingSchema })),
}
