import { z } from 'zod'
import type { Bench } from '../bench.ts'
import { Program } from '../support/children.ts'
import { messageBytes, nodeCommand, startServer, startWithElectron, warmUpExchanges } from '../support/peers.ts'
import { interleave, makeRound } from '../support/rounds.ts'
import { ratioOf, spreadOf } from '../support/statistics.ts'

const sessions = 32
/** About as long as a round of the application. */
const exchanges = 40_000
const roundMs = 1500

const countedSchema = z.object({ count: z.number(), elapsedNs: z.number() })

const perSecond = ({ count, elapsedNs }: z.infer<typeof countedSchema>) => (count / elapsedNs) * 1e9

export const appRepeat: Bench = {
  name: 'app-repeat',
  about: 'exchanges a second of 32 sessions that repeat in the application, beside the engine alone',
  needs: ['application', 'native'],
  async run(setting) {
    const { projectFolder, temporaryFolder } = setting
    const endpoint = await startServer(setting)
    const sizes = [endpoint, String(sessions), String(messageBytes)]
    const application = startWithElectron(setting, 'app-repeat', [projectFolder, temporaryFolder, ...sizes])
    const engine = new Program('the engine', nodeCommand(setting, 'engine-client', sizes))
    await makeRound(engine, warmUpExchanges)
    const makers = {
      application: async () => countedSchema.parse(JSON.parse(await application.ask(String(roundMs)))),
      engine: async () => makeRound(engine, exchanges),
    }
    const rounds = await interleave(setting.quick ? 4 : 12, makers, (make) => make())
    const [inApplication, alone] = [rounds.application.map(perSecond), rounds.engine.map(perSecond)]
    return {
      rows: [
        { what: 'the application / the engine alone', unit: 'x', spread: ratioOf(inApplication, alone) },
        { what: 'the application', unit: 'perSecond', spread: spreadOf(inApplication) },
        { what: 'the engine alone', unit: 'perSecond', spread: spreadOf(alone) },
      ],
      notes: [],
    }
  },
}
