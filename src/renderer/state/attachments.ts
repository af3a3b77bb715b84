import { call } from '../api.ts'

/** The frames whose attached files the host has. What the workspace no longer names, it forgets. */
const attached = new Set<string>()

/** Whether the host has a frame's attached file. After a restart it has none. */
export const isAttached = (frameId: string): boolean => attached.has(frameId)

/** Takes over that the host has the files of these frames. */
export function noteAttached(frameIds: readonly string[]): void {
  for (const id of frameIds) attached.add(id)
}

/** Attaches bytes to a frame. Throws `InspectorError('too-large')` when there is no room for them. */
export async function attach(frameId: string, bytes: Uint8Array): Promise<void> {
  await call('attachment.keep', { frameId, bytes })
  noteAttached([frameId])
}

/** Gives a frame the attached file of another, if the host still has it. */
export async function copyAttachment(from: string, to: string): Promise<void> {
  if (!isAttached(from)) return
  if (await call('attachment.copy', { from, to })) noteAttached([to])
  else attached.delete(from)
}
