/** The channels between the window and its host; there are no others. */
export const invokeChannel = 'inspector:call'
export const eventChannel = 'inspector:events'
/** The window says that it has taken the events it was sent, and is ready for more. */
export const takenChannel = 'inspector:events-taken'
