/** The two channels between the window and its host; there is no third. */
export const invokeChannel = 'inspector:call'
export const eventChannel = 'inspector:events'
