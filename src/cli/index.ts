import { forkLab } from './lab-child.ts'
import { runProgram } from './program.ts'

// Nothing calls process.exit: the process ends once its sockets are closed and its output is written.
process.exitCode = await runProgram(process.argv.slice(2), () => forkLab())
