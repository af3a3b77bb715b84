import { forkLab } from './lab-child.ts'
import { runProgram } from './program.ts'

const { exitCode, outputTaken } = await runProgram(process.argv.slice(2), () => forkLab())
process.exitCode = exitCode
// The process ends by itself once its sockets are closed. Only output that nobody takes would keep it.
if (!outputTaken) process.exit()
