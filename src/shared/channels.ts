/** The two channels between the window and its host; there are no others. */
export const invokeChannel = 'inspector:call'
export const eventChannel = 'inspector:events'
