import { Menu, type MenuItemConstructorOptions, type WebContents } from 'electron'

/** Offers to cut, copy and paste where text is edited or selected, by the right button and the menu key. */
export function offerEditMenu(contents: WebContents): void {
  contents.on('context-menu', (_event, { isEditable, selectionText, editFlags, x, y }) => {
    const hasSelection = selectionText !== ''
    if (!isEditable && !hasSelection) return
    const editing: MenuItemConstructorOptions[] = [
      { role: 'undo', enabled: editFlags.canUndo },
      { role: 'redo', enabled: editFlags.canRedo },
      { type: 'separator' },
      { role: 'cut', enabled: editFlags.canCut },
    ]
    const pasting: MenuItemConstructorOptions[] = [{ role: 'paste', enabled: editFlags.canPaste }]
    Menu.buildFromTemplate([
      ...(isEditable ? editing : []),
      { role: 'copy', enabled: hasSelection && editFlags.canCopy },
      ...(isEditable ? pasting : []),
      { role: 'selectAll', enabled: editFlags.canSelectAll },
    ]).popup({ x, y })
  })
}
