declare global {
  namespace NodeJS {
    interface Process {
      /** What `process.exit` comes to in Node.js. */
      reallyExit(code: number): never
    }
  }
}

/**
 * Ends the process without Electron's own end, to which `process.exit` leads, too (seen with Electron 33): there libzmq
 * waits for sockets that linger. Everything must be written and closed before.
 */
export const endAtOnce = (code: number): never => process.reallyExit(code)
