/** Larger frames are not looked into: each would hold up what else the thread does for some 10 ms and more. */
export const maximumComparedBytes = 256 * 1024
