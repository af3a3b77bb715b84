import { type RefObject, useEffect } from 'react'
import { report } from '../../report.ts'
import { onFind } from '../../state/find.ts'

/** Opens the text editor's search within an element. */
async function searchEditor(parent: HTMLElement): Promise<void> {
  const [{ EditorView }, { openSearch }] = await Promise.all([
    import('@codemirror/view'),
    import('../../ui/editor-search.ts'),
  ])
  const content = parent.querySelector<HTMLElement>('.cm-content')
  const editor = content && EditorView.findFromDOM(content)
  if (editor) openSearch(editor)
}

/**
 * Handles Find for this frame: when it contains the focus or, if no frame does, when it is the first. `openBar` shows
 * the find bar; null when an editor shows the frame, which has its own search.
 */
export function useFind(frame: RefObject<HTMLElement | null>, index: number, openBar: (() => void) | null): void {
  useEffect(
    () =>
      onFind(() => {
        const element = frame.current
        const focused = document.activeElement?.closest('[data-reply-frame]')
        if (!element || (focused ? focused !== element : index !== 0)) return
        const bar = element.querySelector<HTMLInputElement>('search input')
        if (bar) bar.select()
        else if (openBar) openBar()
        else searchEditor(element).catch(report)
      }),
    [frame, index, openBar],
  )
}
