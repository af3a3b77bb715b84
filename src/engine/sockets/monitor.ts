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

/** Those of sockets that have not gone. */
const observers = new Set<Observer>()

/**
 * Passes on every event of a socket; `end` is the last. Call this before the socket binds or connects: unread events
 * stall the socket, and who listens late misses the first ones. It ends with the socket, or with `endMonitors`.
 */
export function monitorSocket(socket: Socket, listen: (event: SocketEvent) => void): void {
  const { events } = socket
  observers.add(events)
  void readEvents(events, listen).finally(() => observers.delete(events))
}

/**
 * Ends all monitors of this thread, also those of sockets that are closed and still have messages to send: a monitor is a
 * pending receive, and a thread that ends with one aborts the process.
 */
export function endMonitors(): void {
  for (const observer of observers) observer.close()
}

const endEvent = (errorCode: string | null): SocketEvent => ({
  type: 'end',
  address: null,
  errorCode,
  status: null,
  interval: null,
})

/** The observer's own `on` reads all there is without a break, and a flood of events would hold everything up. */
async function readEvents(observer: Observer, listen: (event: SocketEvent) => void): Promise<void> {
  for (let read = 1; !observer.closed; read += 1) {
    /** Undefined when the observer is closed meanwhile, of which the library's types know nothing. */
    let event: Event | undefined
    try {
      event = await observer.receive()
    } catch (thrown) {
      // Woken for nothing.
      if (systemCode(thrown) === 'EAGAIN' && !observer.closed) continue
      return listen(endEvent(systemCode(thrown) ?? null))
    }
    if (!event) return listen(endEvent(null))
    listen(toSocketEvent(event))
    if (read % eventsPerTurn === 0) await nextTurn()
  }
}
