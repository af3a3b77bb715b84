/** Whether shortcuts follow macOS. */
export const isMac = navigator.platform.startsWith('Mac')

export const isWindows = navigator.platform.startsWith('Win')
