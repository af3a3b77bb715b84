import { engineCommands, latencyOf } from '../commands.ts'
import type { Engine } from '../engine.ts'
import type { ExpectedRun } from '../expected-runs.ts'
import { writeLatencies } from '../latency-file.ts'
import { expectRun } from '../own-sessions.ts'
import type { MessageLog } from '../transcript/log.ts'
import { libraryVersions } from '../versions.ts'
import type { EngineService } from './calls.ts'

/** What an engine and its log do for a host on another thread. */
export function engineService(engine: Engine, log: MessageLog): EngineService {
  const runs = new Map<number, ExpectedRun>()
  let lastRun = 0
  return {
    ...engineCommands(engine),
    'engine.snapshot': async () => ({ sessions: engine.list(), log: log.status }),
    'engine.versions': async () => libraryVersions(),
    'engine.dispose': async () => {
      try {
        await engine.dispose()
      } finally {
        await log.close()
      }
    },
    'latency.write': async ({ sessionId, path }) => {
      const latency = latencyOf(engine, sessionId)
      await writeLatencies(path, latency)
      return latency.omitted
    },
    'run.expect': async ({ settings, name }) => {
      const run = await expectRun(engine.sessions, settings, name)
      if (!run) return null
      lastRun += 1
      runs.set(lastRun, run)
      return { id: lastRun, routingIdPrefix: run.routingIdPrefix }
    },
    'run.end': async ({ id }) => {
      runs.get(id)?.end()
      runs.delete(id)
    },
    'log.query': (query) => log.query(query),
    'log.count': (filter) => log.count(filter),
    'log.entry': async ({ id }) => engine.record(id) ?? log.entry(id),
    'log.flush': () => log.flush(),
    'log.page': (input) => log.page(input),
    'log.clear': async () => {
      engine.forgetRecords()
      await log.clear()
    },
    'log.setBounds': (bounds) => log.setBounds(bounds),
    'log.setViews': (views) => log.setViews(views),
  }
}
