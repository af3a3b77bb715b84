import * as zeromq from 'zeromq'
import type { SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import { InspectorError } from '../../shared/errors.ts'
import type { Frame } from '../../shared/message.ts'
import { reasonOf } from '../../shared/reason.ts'
import { optionRows, optionsOf, propertiesOf, type SocketOptions } from '../../shared/zmq/options.ts'
import { type PatternId, patternOf } from '../../shared/zmq/patterns.ts'
import { toFailure } from '../failures.ts'
import { draftClasses, receiverOf, senderOf } from './draft-sockets.ts'
import { monitorSocket } from './monitor.ts'

/** What a socket that can send has, whatever its pattern. */
export type Sender = Pick<zeromq.Writable<zeromq.MessageLike[] | zeromq.MessageLike>, 'send' | 'sendTimeout'>
/** What a socket that can receive has, whatever its pattern. */
export type Receiver = Pick<zeromq.Readable, 'receive' | 'receiveTimeout'>

/** A socket with its options set, and its monitor attached. It is neither bound nor connected. */
export interface OpenSocket {
  readonly socket: zeromq.Socket
  /** The same socket; null where its pattern cannot send. */
  readonly sender: Sender | null
  /** The same socket; null where its pattern cannot receive. */
  readonly receiver: Receiver | null
  /** Resolves when the socket has closed and its monitor has ended: nothing of it is left. */
  readonly ended: Promise<void>
}

const { Dealer, Pair, Publisher, Pull, Push, Reply, Request, Router, Stream, Subscriber, XPublisher, XSubscriber } =
  zeromq

/** The classes that a row of the patterns can name. */
const classes = {
  Dealer,
  Pair,
  Publisher,
  Pull,
  Push,
  Reply,
  Request,
  Router,
  Stream,
  Subscriber,
  XPublisher,
  XSubscriber,
  ...draftClasses,
}

/** zeromq.js gives every socket all methods; those that its pattern does not have wait for ever. */
const canSend = (socket: zeromq.Socket): socket is zeromq.Socket & Sender => 'send' in socket
const canReceive = (socket: zeromq.Socket): socket is zeromq.Socket & Receiver => 'receive' in socket

/** What secures a socket. */
export interface SocketSecurity {
  /** Properties of zeromq.js's socket, in the order in which they are set. Their values are secrets. */
  readonly properties: readonly (readonly [property: string, value: string | boolean])[]
  /** Where the socket finds its authenticator; the process's own without it. */
  readonly context?: zeromq.Context
}

/**
 * Opens a socket of the pattern. `listen` gets every event of its monitor; `end` is the last. Throws `InspectorError`,
 * which names the option that libzmq refused.
 *
 * The constructor is given `linger` alone: one that throws leaks its socket, and the process then crashes when it ends.
 */
export function openSocket(
  pattern: PatternId,
  options: SocketOptions,
  listen: (event: SocketEvent) => void,
  security?: SocketSecurity,
): OpenSocket {
  const { library, libraryWith, sends, receives, hears, always } = patternOf(pattern)
  const isOther = libraryWith !== undefined && options[libraryWith.option]
  const socket = construct(isOther ? libraryWith.library : library, security?.context)
  try {
    setOptions(socket, pattern, options)
    if (security) secure(socket, security)
    if (!isOther) for (const [property, value] of Object.entries(always)) set(socket, property, value)
    return {
      socket,
      sender: sends && canSend(socket) ? senderOf(socket) : null,
      receiver: (receives || (hears && !isOther)) && canReceive(socket) ? receiverOf(socket) : null,
      ended: watchEnd(socket, listen),
    }
  } catch (thrown) {
    socket.close()
    throw toFailure(thrown)
  }
}

/** A message of an XSUB that subscribes to a topic, or ends that. */
const subscriptionMessage = (isBegin: boolean, topic: Frame): Buffer =>
  Buffer.concat([Uint8Array.of(isBegin ? 1 : 0), topic])

/** Begins and ends subscriptions, for sockets that have them. Throws what zeromq.js says. */
export async function subscribe(
  socket: zeromq.Socket,
  begun: readonly Frame[],
  ended: readonly Frame[],
): Promise<void> {
  if (socket instanceof Subscriber) {
    if (begun.length > 0) socket.subscribe(...begun.map((topic) => Buffer.from(topic)))
    if (ended.length > 0) socket.unsubscribe(...ended.map((topic) => Buffer.from(topic)))
    return
  }
  if (socket instanceof draftClasses.Dish) {
    for (const group of begun) socket.join(Buffer.from(group))
    for (const group of ended) socket.leave(Buffer.from(group))
    return
  }
  if (!(socket instanceof XSubscriber)) return
  for (const topic of begun) await socket.send(subscriptionMessage(true, topic))
  for (const topic of ended) await socket.send(subscriptionMessage(false, topic))
}

function construct(library: keyof typeof classes, context?: zeromq.Context): zeromq.Socket {
  try {
    return new classes[library](context ? { linger: 0, context } : { linger: 0 })
  } catch (thrown) {
    throw toFailure(thrown)
  }
}

/** Throws when the monitor, which takes a socket of its own, cannot be had. */
function watchEnd(socket: zeromq.Socket, listen: (event: SocketEvent) => void): Promise<void> {
  let end = (): void => undefined
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  monitorSocket(socket, (event) => {
    listen(event)
    if (event.type === 'end') end()
  })
  return ended
}

function setOptions(socket: zeromq.Socket, pattern: PatternId, options: SocketOptions): void {
  for (const key of optionsOf(pattern)) {
    try {
      for (const [property, value] of propertiesOf(key, options)) set(socket, property, value)
    } catch (thrown) {
      const { name } = optionRows[key]
      throw new InspectorError(
        'invalid-argument',
        `ZeroMQ refused the option ${name} (${options[key]}): ${reasonOf(thrown)}.`,
        { option: key },
        { cause: thrown },
      )
    }
  }
}

/** Throws `InspectorError`, which names the property but not its value: that may be a secret. */
function secure(socket: zeromq.Socket, { properties }: SocketSecurity): void {
  for (const [property, value] of properties) {
    try {
      set(socket, property, value)
    } catch (thrown) {
      const message = `ZeroMQ refused the security of this socket (${property}): ${reasonOf(thrown)}.`
      throw new InspectorError('invalid-argument', message, undefined, { cause: thrown })
    }
  }
}

/** Throws what libzmq says of the value, and when there is no such property. */
function set(socket: zeromq.Socket, property: string, value: number | boolean | string): void {
  if (!Reflect.set(socket, property, value)) throw new Error(`zeromq.js has no property ${property}`)
}
