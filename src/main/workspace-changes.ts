import type { Input } from '../shared/contract/index.ts'
import { InspectorError } from '../shared/errors.ts'
import type { Workspace } from '../shared/workspace.ts'

/** Puts the texts that a page did not send again back into its workspaces. */
export class WorkspaceChanges {
  /** The save that the workspace is from; null when it did not come from the page that saves now. */
  #last: number | null = null

  /** The whole workspace. Throws `wrong-state` when the texts left out are not those of `before`. */
  apply({ workspace, save, basedOn, unchanged }: Input<'workspace.saveChanges'>, before: Workspace): Workspace {
    if (unchanged.length > 0 && basedOn !== this.#last) {
      throw new InspectorError('wrong-state', 'The texts that were left out are not those of the last save.')
    }
    const ids = new Set(unchanged)
    const texts = new Map(before.sockets.flatMap(({ frames }) => frames.map(({ id, text }) => [id, text])))
    const textOf = (id: string): string => {
      const text = texts.get(id)
      if (text === undefined) throw new InspectorError('wrong-state', `The text of frame ${id} was left out.`)
      return text
    }
    const sockets = workspace.sockets.map((socket) => ({
      ...socket,
      frames: socket.frames.map((frame) => (ids.has(frame.id) ? { ...frame, text: textOf(frame.id) } : frame)),
    }))
    this.#last = save
    return { ...workspace, sockets }
  }

  /** The workspace came whole, from whatever page. */
  forget(): void {
    this.#last = null
  }
}
