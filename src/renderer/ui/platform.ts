/** Whether shortcuts follow macOS. */
export const isMac = navigator.platform.startsWith('Mac')
