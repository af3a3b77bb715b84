import { createEngine } from '../../../src/engine/engine.ts'
import { boundEndpointOf } from '../../../src/shared/session/state.ts'
import { serve } from '../../support/sessions.ts'

/**
 * Runs an echo server and prints its endpoint, then each change of its trouble. Ends at the first input, and prints
 * how many entries of the log are about refused peers, and how many they count.
 */
let rows = 0
let counted = 0
let shown = 'null'
const print = (text: string) => void process.stdout.write(`${text}\n`)

const engine = createEngine({
  emit(event) {
    if (event.type !== 'session.changed') return
    const trouble = boundEndpointOf(event.state)?.trouble?.diagnosis ?? 'null'
    if (trouble !== shown) print(`trouble: ${trouble}`)
    shown = trouble
  },
  log: {
    append({ event, detail }) {
      if (event !== 'accept:error') return
      rows += 1
      counted += Number(/^([\d,]+) × in /.exec(detail ?? '')?.[1]?.replaceAll(',', '') ?? 1)
    },
  },
})
const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
print(endpoint)
process.stdin.once('data', async () => {
  await engine.dispose()
  print(`${rows} rows count ${counted}`)
  process.exit(0)
})
