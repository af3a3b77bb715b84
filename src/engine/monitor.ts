import type { Event, EventType, Socket } from 'zeromq'
import type { SocketEvent } from '../shared/diagnosis/socket-event.ts'
import { systemCode } from './failures.ts'

const eventTypes = [
  'accept',
  'accept:error',
  'bind',
  'bind:error',
  'connect',
  'connect:delay',
  'connect:retry',
  'close',
  'close:error',
  'disconnect',
  'end',
  'handshake',
  'handshake:error:protocol',
  'handshake:error:auth',
  'handshake:error:other',
  'unknown',
] as const satisfies readonly EventType[]

function toSocketEvent(event: Event): SocketEvent {
  const error = 'error' in event ? event.error : undefined
  return {
    type: event.type,
    address: 'address' in event ? event.address : null,
    errorCode: systemCode(error) ?? null,
    status: error && 'status' in error && typeof error.status === 'number' ? error.status : null,
    interval: 'interval' in event ? event.interval : null,
  }
}

/** The part of zeromq.js's Observer used here, with one type for all events. */
interface EventSource {
  on(type: EventType, listener: (event: Event) => void): unknown
}

/**
 * Passes on every event of a socket. Call this before the socket binds or connects: unread events stall the socket, and
 * a handler attached late misses the first ones. It ends with the socket and cannot be stopped separately, because
 * closing the observer under zeromq.js throws.
 */
export function monitorSocket(socket: Socket, listen: (event: SocketEvent) => void): void {
  const source: EventSource = socket.events
  for (const type of eventTypes) source.on(type, (event) => listen(toSocketEvent(event)))
}
