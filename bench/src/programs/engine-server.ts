// engine-server [LOG-FILE]: the engine's echo server on a free port. With a file, everything is logged. Prints its
// endpoint.
import { createEngine } from '../../../src/engine/engine.ts'
import { echoServerId, echoServerSpec } from '../../../src/shared/session/spec.ts'
import { boundEndpointOf } from '../../../src/shared/session/state.ts'
import { untilInputEnds } from '../support/answering.ts'
import { openLog } from '../support/log.ts'

const logFile = process.argv[2]
const log = logFile === undefined ? undefined : openLog(logFile)
const engine = createEngine({ emit: () => undefined, log: log ?? { append: () => undefined } })
const bound = boundEndpointOf(await engine.open(echoServerId, echoServerSpec('tcp://127.0.0.1:0')))
process.stdout.write(`${bound?.endpoint}\n`)
await untilInputEnds()
await engine.dispose()
await log?.close()
