/** Whether this is macOS: shortcuts and fonts are its own. */
export const isMac = navigator.platform.startsWith('Mac')

/** Whether this is Windows. */
export const isWindows = navigator.platform.startsWith('Win')
