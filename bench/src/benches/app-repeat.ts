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
const singleExchanges = 8000

const countedSchema = z.object({ count: z.number(), elapsedNs: z.number() })
const percentilesSchema = z.object({ p50: z.number(), p99: z.number() })
const stopSchema = z.object({ stopMs: z.number() })

const perSecond = ({ count, elapsedNs }: z.infer<typeof countedSchema>) => (count / elapsedNs) * 1e9

const ask = async <Answer>(program: Program, line: string, schema: z.ZodType<Answer>): Promise<Answer> =>
  schema.parse(JSON.parse(await program.ask(line)))

export const appRepeat: Bench = {
  name: 'app-repeat',
  about: 'sessions that repeat in the application, beside the engine alone',
  needs: ['application', 'native'],
  async run(setting) {
    const { projectFolder, temporaryFolder, quick } = setting
    const endpoint = await startServer(setting)
    const engineOf = (count: number) =>
      new Program('the engine', nodeCommand(setting, 'engine-client', [endpoint, String(count), String(messageBytes)]))
    const sizes = [endpoint, String(sessions), String(messageBytes)]
    const application = startWithElectron(setting, 'app-repeat', [projectFolder, temporaryFolder, ...sizes])
    const [engine, single] = [engineOf(sessions), engineOf(1)]
    for (const each of [engine, single]) await makeRound(each, warmUpExchanges)
    const many = await interleave(
      quick ? 4 : 12,
      {
        application: () => ask(application, `all ${roundMs}`, countedSchema),
        engine: () => makeRound(engine, exchanges),
      },
      (make) => make(),
    )
    const [inApplication, alone] = [many.application.map(perSecond), many.engine.map(perSecond)]
    const percentiles = (line: string) => () => ask(application, line, percentilesSchema)
    const one = await interleave(
      quick ? 2 : 8,
      {
        quiet: percentiles(`one ${roundMs}`),
        shown: percentiles(`shown ${roundMs}`),
        arriving: percentiles(`arriving ${roundMs}`),
        engine: () => makeRound(single, singleExchanges),
      },
      (make) => make(),
    )
    const stops: number[] = []
    for (let round = 0; round < (quick ? 2 : 8); round += 1) {
      stops.push((await ask(application, 'stop', stopSchema)).stopMs)
    }
    const p50s = (rounds: readonly { readonly p50: number }[]) => rounds.map(({ p50 }) => p50)
    const p99s = (rounds: readonly { readonly p99: number }[]) => rounds.map(({ p99 }) => p99)
    return {
      rows: [
        {
          what: '32 sessions: the application / the engine alone',
          unit: 'x',
          spread: ratioOf(inApplication, alone),
          bound: { atLeast: 0.5 },
        },
        { what: '32 sessions: the application', unit: 'perSecond', spread: spreadOf(inApplication) },
        { what: '32 sessions: the engine alone', unit: 'perSecond', spread: spreadOf(alone) },
        {
          what: '1 session, p50: the application / the engine alone',
          unit: 'x',
          spread: ratioOf(p50s(one.quiet), p50s(one.engine)),
        },
        {
          what: '1 session, p50: the application',
          unit: 'us',
          spread: spreadOf(p50s(one.quiet).map((ns) => ns / 1000)),
        },
        {
          what: '1 session, p99: the application',
          unit: 'us',
          spread: spreadOf(p99s(one.quiet).map((ns) => ns / 1000)),
        },
        {
          what: '1 session, p99: beside a reply of 64 MiB on the screen / beside none',
          unit: 'x',
          spread: ratioOf(p99s(one.shown), p99s(one.quiet)),
          bound: { atMost: 2 },
        },
        {
          what: '1 session, p99: while a reply of 64 MiB arrives / beside none',
          unit: 'x',
          spread: ratioOf(p99s(one.arriving), p99s(one.quiet)),
          bound: { atMost: 2 },
        },
        {
          what: '32 sessions: from Stop until all have stopped',
          unit: 'ms',
          spread: spreadOf(stops),
          bound: { atMost: 200 },
        },
      ],
      notes: [],
    }
  },
}
