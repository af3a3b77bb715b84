import { Request } from 'zeromq'
import { InspectorError } from '../shared/errors.ts'
import { reasonOf } from '../shared/reason.ts'
import { type ConnectionOptions, type OptionKey, optionKeys, optionRows } from '../shared/zmq/connection-options.ts'
import { toFailure } from './failures.ts'

type Setter = (socket: Request, options: ConnectionOptions) => void

/** For libzmq, -1 is what the system decides, and 0 an error. */
const orSystem = (value: number): number => (value === 0 ? -1 : value)

/** How each option is set. What stands for libzmq's own default is not set. */
const setters: Readonly<Record<OptionKey, Setter>> = {
  sendHighWaterMark: (socket, { sendHighWaterMark }) => {
    socket.sendHighWaterMark = sendHighWaterMark
  },
  receiveHighWaterMark: (socket, { receiveHighWaterMark }) => {
    socket.receiveHighWaterMark = receiveHighWaterMark
  },
  maximumMessageSize: (socket, { maximumMessageSize }) => {
    socket.maxMessageSize = maximumMessageSize
  },
  linger: (socket, { linger }) => {
    socket.linger = linger
  },
  reconnectInterval: (socket, { reconnectInterval }) => {
    socket.reconnectInterval = reconnectInterval
  },
  reconnectMaxInterval: (socket, { reconnectInterval, reconnectMaxInterval }) => {
    // libzmq would shorten the pause to a smaller one.
    socket.reconnectMaxInterval = reconnectMaxInterval > reconnectInterval ? reconnectMaxInterval : 0
  },
  connectTimeout: (socket, { connectTimeout }) => {
    socket.connectTimeout = connectTimeout
  },
  handshakeInterval: (socket, { handshakeInterval }) => {
    socket.handshakeInterval = handshakeInterval
  },
  ipv6: (socket, { ipv6 }) => {
    socket.ipv6 = ipv6
  },
  heartbeatInterval: (socket, { heartbeatInterval }) => {
    socket.heartbeatInterval = heartbeatInterval
  },
  heartbeatTimeout: (socket, { heartbeatTimeout }) => {
    // libzmq takes 0 as no limit; unset, it is the interval.
    if (heartbeatTimeout > 0) socket.heartbeatTimeout = heartbeatTimeout
  },
  heartbeatTimeToLive: (socket, { heartbeatTimeToLive }) => {
    socket.heartbeatTimeToLive = heartbeatTimeToLive
  },
  tcpKeepAlive: (socket, { tcpKeepAlive }) => {
    socket.tcpKeepalive = tcpKeepAlive ? 1 : -1
  },
  tcpKeepAliveIdle: (socket, { tcpKeepAliveIdle }) => {
    socket.tcpKeepaliveIdle = orSystem(tcpKeepAliveIdle)
  },
  tcpKeepAliveInterval: (socket, { tcpKeepAliveInterval }) => {
    socket.tcpKeepaliveInterval = orSystem(tcpKeepAliveInterval)
  },
  tcpKeepAliveCount: (socket, { tcpKeepAliveCount }) => {
    socket.tcpKeepaliveCount = orSystem(tcpKeepAliveCount)
  },
  routingId: (socket, { routingId }) => {
    if (routingId !== '') socket.routingId = routingId
  },
  relaxedCorrelate: (socket, { relaxedCorrelate }) => {
    socket.relaxed = relaxedCorrelate
    socket.correlate = relaxedCorrelate
  },
}

/**
 * A REQ socket with the options. Throws `InspectorError`, which names the option that libzmq refused. The constructor is
 * given none of them: one that throws leaks its socket, and the process then crashes when it ends.
 */
export function openRequest(options: ConnectionOptions): Request {
  let socket: Request
  try {
    socket = new Request({ linger: 0 })
  } catch (thrown) {
    throw toFailure(thrown)
  }
  for (const key of optionKeys) {
    try {
      setters[key](socket, options)
    } catch (thrown) {
      socket.close()
      const { name } = optionRows[key]
      throw new InspectorError(
        'invalid-argument',
        `ZeroMQ refused the option ${name} (${options[key]}): ${reasonOf(thrown)}.`,
        { option: key },
        { cause: thrown },
      )
    }
  }
  return socket
}
