import type { EncodingId } from '../codecs/codec.ts'
import { z } from '../schema.ts'
import { command } from './command.ts'

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes')
const frameId = z.string().min(1).max(64)

/** A file that the person chose: as text to edit, or attached to its frame, which then is sent as these bytes. */
export type LoadedFile =
  | { readonly kind: 'text'; readonly encoding: EncodingId; readonly text: string }
  | { readonly kind: 'attached'; readonly name: string; readonly size: number }

/** Where something was saved; null when the person cancelled. */
export interface SavedFile {
  readonly path: string | null
}

/** Files that the person chooses, the files attached to frames, and the clipboard. */
export const fileCommands = {
  /** Lets the person choose a file for a frame; null when they cancelled. A large one is attached. */
  'file.open': command<LoadedFile | null>()(z.object({ frameId })),
  'file.save': command<SavedFile>()(z.object({ name: z.string().max(255), bytes })),
  /** Attaches bytes to a frame, as a file. */
  'attachment.keep': command<void>()(z.object({ frameId, bytes })),
  /** Gives a frame the same attached file as another. */
  'attachment.copy': command<boolean>()(z.object({ from: frameId, to: frameId })),
  'clipboard.write': command<void>()(z.object({ text: z.string() })),
}
