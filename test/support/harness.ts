import { onTestFinished } from 'vitest'
import { createEngine, type Engine } from '../../src/engine/engine.ts'
import type { EngineEvent } from '../../src/shared/session/event.ts'
import type { NewRecord } from '../../src/shared/transcript/record.ts'

export interface Harness {
  readonly engine: Engine
  readonly events: EngineEvent[]
  readonly entries: NewRecord[]
  /** Resolves with the result of `probe`, which runs again after every event and log entry. */
  until<Found>(what: string, probe: () => Found | undefined | false | null): Promise<Found>
}

const limitMs = 15_000

/** An engine whose output is collected; its sockets are closed when the test ends. */
export function createHarness(): Harness {
  const events: EngineEvent[] = []
  const entries: NewRecord[] = []
  const watchers = new Set<() => void>()
  const changed = () => {
    for (const watch of [...watchers]) watch()
  }
  const engine = createEngine({
    emit(event) {
      events.push(event)
      changed()
    },
    log: {
      append(entry) {
        entries.push(entry)
        changed()
      },
    },
  })
  onTestFinished(() => engine.dispose())
  return {
    engine,
    events,
    entries,
    until: (what, probe) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => settle(() => reject(new Error(`waited in vain for ${what}`))), limitMs)
        const settle = (end: () => void) => {
          clearTimeout(timer)
          watchers.delete(look)
          end()
        }
        const look = () => {
          const found = probe()
          if (found !== undefined && found !== false && found !== null) settle(() => resolve(found))
        }
        watchers.add(look)
        look()
      }),
  }
}

export { bytes, texts } from './bytes.ts'
