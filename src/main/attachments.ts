import { InspectorError } from '../shared/errors.ts'
import { formatSize } from '../shared/format.ts'
import type { Frame } from '../shared/message.ts'
import type { Workspace } from '../shared/workspace.ts'

/** A whole message's, twice: a reply that is made the request is kept before the request that it replaces is forgotten. */
const usualMaximumBytes = 2 ** 31

/** Within this time a page has long saved a workspace that names what it attached, or has undone what removed it. */
const nameWithinMs = 60_000

interface Attachment {
  readonly bytes: Frame
  /** The socket whose frame it belongs to; null when no workspace names it. */
  readonly socketId: string | null
  /** Since when it has been here, or has not been named any more. */
  readonly since: number
  /** Whether a workspace named it once: then it stays only for Undo. */
  readonly isGone: boolean
}

/**
 * The bytes of attached files, by frame id. They live as long as the application and follow the window's workspace: what
 * it no longer names is forgotten a while later, because its removal can be undone. With a whole socket that can be undone
 * until the next one is removed.
 */
export class Attachments {
  readonly #kept = new Map<string, Attachment>()
  #sockets: ReadonlySet<string> = new Set()
  /** Sockets removed last. */
  #removed: ReadonlySet<string> = new Set()

  /** `maximumBytes` of all files together; one that several frames have counts once. `now` in milliseconds. */
  constructor(
    private readonly maximumBytes: number = usualMaximumBytes,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The frames whose files are here. */
  get frameIds(): readonly string[] {
    return [...this.#kept.keys()]
  }

  bytesOf(frameId: string): Frame | undefined {
    return this.#kept.get(frameId)?.bytes
  }

  /** Keeps a frame's file in place of its former one. Throws `InspectorError('too-large')`, and keeps that one. */
  keep(frameId: string, bytes: Frame): void {
    const { maximumBytes } = this
    if (this.#totalWith(frameId, bytes) > maximumBytes) this.#forgetGone()
    if (this.#totalWith(frameId, bytes) > maximumBytes) {
      const message = `Attached files can have at most ${formatSize(maximumBytes)} together. Detach one first.`
      throw new InspectorError('too-large', message, { maximumBytes })
    }
    this.#kept.set(frameId, { bytes, socketId: null, since: this.now(), isGone: false })
  }

  /** How much all files take when a frame has this one. */
  #totalWith(frameId: string, bytes: Frame): number {
    const others = [...this.#kept].filter(([id]) => id !== frameId).map(([, other]) => other.bytes)
    return [...new Set([...others, bytes])].reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  /** Makes room: what stays only for Undo goes. */
  #forgetGone(): void {
    for (const [frameId, { isGone }] of this.#kept) {
      if (isGone) this.#kept.delete(frameId)
    }
  }

  /** Gives a frame the same file as another. Returns whether that one has one. */
  copy(fromFrameId: string, toFrameId: string): boolean {
    const bytes = this.bytesOf(fromFrameId)
    if (bytes) this.keep(toFrameId, bytes)
    return bytes !== undefined
  }

  /** The frame has no file any more. */
  forget(frameId: string): void {
    this.#kept.delete(frameId)
  }

  /** Forgets what a workspace that the window saved no longer needs. */
  follow({ sockets }: Workspace): void {
    const named = new Map(
      sockets.flatMap(({ id, frames }) => frames.flatMap((frame) => (frame.attachment ? [[frame.id, id]] : []))),
    )
    const present = new Set(sockets.map(({ id }) => id))
    const gone = [...this.#sockets].filter((id) => !present.has(id))
    if (gone.length > 0) this.#removed = new Set(gone)
    this.#sockets = present
    for (const [frameId, attachment] of this.#kept) {
      const socketId = named.get(frameId)
      if (socketId !== undefined) this.#kept.set(frameId, { ...attachment, socketId, isGone: false })
      else if (this.#sockets.has(attachment.socketId ?? '')) {
        this.#kept.set(frameId, { ...attachment, socketId: null, since: this.now(), isGone: true })
      } else if (!this.#isAwaited(attachment)) this.#kept.delete(frameId)
    }
  }

  /** Whether a workspace that does not name it may be followed by one that does. */
  #isAwaited({ socketId, since }: Attachment): boolean {
    // A workspace may have been on its way when the file was attached.
    if (socketId === null) return this.now() - since < nameWithinMs
    return this.#removed.has(socketId)
  }
}
