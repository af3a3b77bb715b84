/**
 * Bytes of attached files, by frame id. They live as long as the window; after a restart the frame still names its file
 * and asks for it again.
 */
const attachments = new Map<string, Uint8Array>()

/** Files up to this size become text in the editor; larger ones are attached. */
export const editableBytes = 256 * 1024

export const attachmentBytes = (frameId: string): Uint8Array | undefined => attachments.get(frameId)

export function keepAttachment(frameId: string, bytes: Uint8Array): void {
  attachments.set(frameId, bytes)
}

export function dropAttachment(frameId: string): void {
  attachments.delete(frameId)
}
