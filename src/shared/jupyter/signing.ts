import { z } from '../schema.ts'
import { secretIdForm } from '../secrets.ts'

/** How messages are signed on sending, and checked when they are shown: as Jupyter does. `key` is the id of a secret. */
export const signingSchema = z.object({ kind: z.literal('jupyter'), key: z.string().regex(secretIdForm) })

export type Signing = Readonly<z.infer<typeof signingSchema>>
