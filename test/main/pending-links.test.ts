import { describe, expect, test } from 'vitest'
import { PendingLinks } from '../../src/main/pending-links.ts'

const endpoint = (port: number) => `tcp://127.0.0.1:${port}`
const link = (port: number) => `zmq-inspector://connect?endpoint=${encodeURIComponent(endpoint(port))}`

function create() {
  const told: string[] = []
  const clock = { now: 0 }
  const links = new PendingLinks({
    changed: () => undefined,
    ignoring: ({ title }) => void told.push(title),
    now: () => clock.now,
  })
  return { links, told, clock }
}

describe('requests by links', () => {
  test('wait in their order, each once', () => {
    const { links, told } = create()
    expect(links.ask([link(1)])).toBe(true)
    expect(links.asked).toEqual({ endpoints: [endpoint(1)], repeated: false, ignored: 0 })
    expect(links.ask([link(1), link(2)])).toBe(true)
    expect(links.asked).toEqual({ endpoints: [endpoint(1), endpoint(2)], repeated: true, ignored: 0 })
    links.answered(endpoint(1), true)
    expect(links.asked.endpoints).toEqual([endpoint(2)])
    expect(told).toEqual([])
  })

  test('beyond three are counted, and told once', () => {
    const { links, told } = create()
    for (let port = 1; port <= 20; port += 1) links.ask([link(port)])
    expect(links.asked).toEqual({ endpoints: [endpoint(1), endpoint(2), endpoint(3)], repeated: true, ignored: 17 })
    expect(told).toEqual(['Some links are ignored'])
  })

  test('that were declined are not asked again for ten minutes, and do not bring the window to the front', () => {
    const { links, told, clock } = create()
    links.ask([link(1)])
    links.answered(endpoint(1), false)
    clock.now = 10 * 60_000 - 1
    expect(links.ask([link(1)])).toBe(false)
    expect(links.asked).toEqual({ endpoints: [], repeated: true, ignored: 1 })
    expect(told).toEqual(['Some links are ignored'])
    expect(links.ask([link(2), link(1)])).toBe(true)
    expect(links.asked).toMatchObject({ endpoints: [endpoint(2)], ignored: 2 })
    clock.now += 1
    expect(links.ask([link(1)])).toBe(true)
    expect(links.asked.endpoints).toEqual([endpoint(2), endpoint(1)])
  })

  test('that were added can be asked again at once', () => {
    const { links } = create()
    links.ask([link(1)])
    links.answered(endpoint(1), true)
    links.ask([link(1)])
    expect(links.asked.endpoints).toEqual([endpoint(1)])
  })

  test('are all ignored when the person wants that', () => {
    const { links, told } = create()
    links.ask([link(1), link(2)])
    links.ignoreAll()
    expect(links.ask([link(3)])).toBe(false)
    expect(links.asked).toEqual({ endpoints: [], repeated: true, ignored: 3 })
    expect(told).toEqual(['Links are ignored'])
  })

  test('need no answer where there are none: the window comes to the front', () => {
    const { links } = create()
    links.ignoreAll()
    expect(links.ask(['/opt/app', '--no-sandbox'])).toBe(true)
  })
})
