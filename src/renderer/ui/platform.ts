/** Whether shortcuts are those of macOS. */
export const isMac = navigator.platform.startsWith('Mac')
