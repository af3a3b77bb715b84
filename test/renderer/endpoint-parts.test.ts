import { expect, test } from 'vitest'
import { splitEndpoint } from '../../src/renderer/ui/endpoint-parts.ts'

test.each([
  ['tcp://127.0.0.1:6001', '127.0.0.1', ':6001'],
  ['tcp://127.0.0.1:*', '127.0.0.1', ':*'],
  ['tcp://[::1]:5555', '[::1]', ':5555'],
  ['ipc:///tmp/services/weather', 'ipc:///tmp/services', '/weather'],
  ['ipc:///tmp/a-service-with-a-long-name', 'ipc:///tmp/a-service-with-a-l', 'ong-name'],
  ['inproc://x', 'inproc:/', '/x'],
  ['ipc://🌦🌦🌦🌦🌦🌦🌦🌦🌦🌦🌦🌦🌦🌦🌦🌦', 'ipc://🌦🌦🌦🌦🌦🌦🌦🌦', '🌦🌦🌦🌦🌦🌦🌦🌦'],
  ['5555', '', '5555'],
  ['', '', ''],
])('%s keeps its end', (endpoint, start, end) => {
  expect(splitEndpoint(endpoint)).toEqual({ start, end })
})
