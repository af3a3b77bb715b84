import type { Event, Observer, Socket } from 'zeromq'
import type { SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import { systemCode } from '../failures.ts'
import { nextTurn } from '../next-turn.ts'

/** A socket out of file descriptors reports 100,000 events in a second: timers and other sockets need their turns. */
const eventsPerTurn = 128

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

/**
 * Passes on every event of a socket; `end` is the last. Call this before the socket binds or connects: unread events
 * stall the socket, and who listens late misses the first ones. It ends with the socket and cannot be stopped
 * separately, because closing the observer under zeromq.js throws.
 */
export function monitorSocket(socket: Socket, listen: (event: SocketEvent) => void): void {
  void readEvents(socket.events, listen)
}

/** The observer's own `on` reads all there is without a break, and a flood of events would hold everything up. */
async function readEvents(observer: Observer, listen: (event: SocketEvent) => void): Promise<void> {
  for (let read = 1; !observer.closed; read += 1) {
    let event: Event
    try {
      event = await observer.receive()
    } catch (thrown) {
      // Woken for nothing.
      if (systemCode(thrown) === 'EAGAIN' && !observer.closed) continue
      return listen({ type: 'end', address: null, errorCode: systemCode(thrown) ?? null, status: null, interval: null })
    }
    listen(toSocketEvent(event))
    if (read % eventsPerTurn === 0) await nextTurn()
  }
}
