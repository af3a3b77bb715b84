import { forkLab } from './lab-child.ts'
import { runProgram } from './program.ts'

const { exitCode, mustEnd } = await runProgram(process.argv.slice(2), () => forkLab())
process.exitCode = exitCode
// Otherwise it ends by itself, once its sockets are closed.
if (mustEnd) process.exit()
