import { describe, expect, test } from 'vitest'
import { parseEndpoint } from '../../../src/shared/endpoint.ts'
import { kernelSockets } from '../../../src/shared/starting-points/jupyter.ts'
import { startingPoints } from '../../../src/shared/starting-points/starting-points.ts'
import { watchesSchema } from '../../../src/shared/watch/watch-schema.ts'
import { newSocket } from '../../../src/shared/workspace.ts'
import { socketDraftSchema } from '../../../src/shared/workspace-schema.ts'

const all = [
  ...startingPoints.flatMap(({ id, endpoint, sockets }) =>
    sockets(endpoint).map((socket, place) => [`${id} ${place}`, socket] as const),
  ),
  ...kernelSockets({ shell: 'tcp://127.0.0.1:1', iopub: 'tcp://127.0.0.1:2', heartbeat: 'tcp://127.0.0.1:3' }, 'x').map(
    (socket) => [socket.name, socket] as const,
  ),
]

test('each has a name of its own, and says what it was tried with', () => {
  expect(new Set(startingPoints.map(({ id }) => id)).size).toBe(startingPoints.length)
  for (const { source } of startingPoints) expect(source).toMatch(/^(?:Tried with|Made after) .*\.$/)
})

describe.each(all)('%s', (_name, socket) => {
  test('can be kept, and its endpoint connected to', () => {
    expect(() => parseEndpoint(socket.endpoint, 'connect', { ipv6: false })).not.toThrow()
    const watches = watchesSchema.parse(socket.watches.map((watch, place) => ({ ...watch, id: `${place}` })))
    const draft = { ...newSocket('a', socket.endpoint, socket.pattern), name: socket.name, watches }
    expect(socketDraftSchema.parse(draft)).toMatchObject({ pattern: socket.pattern, watches })
  })
})
