import { setTimeout as delay } from 'node:timers/promises'
import { engineCommands, latencyOf } from '../commands.ts'
import type { Engine } from '../engine.ts'
import type { ExpectedRun } from '../expected-runs.ts'
import { expectRun } from '../own-sessions.ts'
import { endMonitors } from '../sockets/monitor.ts'
import type { MessageLog } from '../transcript/log.ts'
import { LogPreviews } from '../transcript/previews.ts'
import { KnownSockets } from '../transcript/views.ts'
import { libraryVersions } from '../versions.ts'
import type { EngineService } from './calls.ts'
import { handedOver } from './transfers.ts'

/** The linger option may keep unsent messages longer than anybody waits. In milliseconds. */
const longestGoodbyeMs = 3000

/** What an engine and its log do for a host on another thread. */
export function engineService(engine: Engine, log: MessageLog): EngineService {
  const runs = new Map<number, ExpectedRun>()
  let lastRun = 0
  let previews = new LogPreviews(new KnownSockets())
  const commands = engineCommands(engine, (session, frames, without) =>
    previews.of({ session, direction: 'received' }, frames, without),
  )
  return {
    ...commands,
    'engine.snapshot': async () => ({ sessions: engine.list(), log: log.status }),
    'engine.versions': async () => libraryVersions(),
    'engine.dispose': async () => {
      await commands['probe.cancel']()
      try {
        const isDone = engine.dispose().then(() => true)
        return { lingers: !(await Promise.race([isDone, delay(longestGoodbyeMs, false, { ref: false })])) }
      } finally {
        endMonitors()
        await log.close()
      }
    },
    'latency.samples': async ({ sessionId }) => latencyOf(engine, sessionId).packed(),
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
    'log.search': (query) => log.search(query),
    'log.count': (input) => log.count(input),
    'log.entry': async ({ id }) => {
      const recent = engine.record(id)
      if (recent) return recent
      const entry = await log.entry(id)
      return entry && handedOver(entry, [entry])
    },
    'log.partner': async ({ id }) => {
      const record = engine.record(id) ?? (await log.entry(id))
      if (!record || record.kind === 'event' || record.exchange === null) return null
      const place = { id, session: record.session, exchange: record.exchange }
      return engine.partnerOf(place) ?? log.partner(place)
    },
    'log.flush': () => log.flush(),
    'log.page': async (input) => {
      const page = await log.page(input)
      return handedOver(page, page.entries)
    },
    'log.survey': (input) => log.survey(input),
    'log.clear': async () => {
      engine.forgetRecords()
      await log.clear()
    },
    'log.record': async ({ recording }) => log.record(recording),
    'log.setBounds': (bounds) => log.setBounds(bounds),
    'log.setViews': (views) => {
      previews = new LogPreviews(new KnownSockets(views))
      return log.setViews(views)
    },
  }
}
