interface Term {
  readonly name: string
  /** One sentence, with the default where there is one. */
  readonly words: string
}

/** ZeroMQ's terms and the window's options, each in a sentence: shown where they are set, and all together on one page. */
export const terms = {
  socket: {
    name: 'Socket',
    words: 'An end of a conversation in ZeroMQ; one socket can be connected to many others, and reconnects by itself.',
  },
  request: { name: 'REQ', words: 'A socket that sends one request, then waits for its one reply, in turns.' },
  reply: { name: 'REP', words: 'A socket that takes one request, then sends its one reply, in turns.' },
  router: { name: 'ROUTER', words: 'A socket that serves many peers at once; it can answer a REQ as a REP does.' },
  endpoint: {
    name: 'Endpoint',
    words:
      'Where a socket connects or listens: tcp://host:port, ipc:///path or inproc://name. Default tcp://127.0.0.1:25933.',
  },
  serverEndpoint: {
    name: 'Server endpoint',
    words:
      'Where the echo server listens; port * picks a free one, and 127.0.0.1 is this machine alone. Default tcp://127.0.0.1:25933.',
  },
  message: { name: 'Message', words: 'One or more frames, which arrive all together or not at all.' },
  frame: { name: 'Frame', words: 'A part of a message: any bytes, may be empty.' },
  delimiter: {
    name: 'Delimiter',
    words: 'The empty frame that REQ and REP put before a message on the wire and take away again.',
  },
  encoding: {
    name: 'Encoding',
    words: 'How the text stands for the bytes of the frame; a view, which never changes a byte. Default Text.',
  },
  timeout: {
    name: 'Timeout',
    words: 'How long connecting and the reply may take together. Default 5 s (see Settings).',
  },
  roundTrip: {
    name: 'Round trip',
    words: 'From handing a request to the socket until its reply is read from it; connecting and encoding are apart.',
  },
  linger: {
    name: 'Linger',
    words: 'How long unsent messages are kept for after closing; -1 waits for ever. Default 0 ms.',
  },
  sendHighWaterMark: {
    name: 'Send high-water mark',
    words: 'Messages that may wait to be sent; 0 is no limit. Default 1000 messages.',
  },
  receiveHighWaterMark: {
    name: 'Receive high-water mark',
    words: 'Messages that may wait to be read; 0 is no limit. Default 1000 messages.',
  },
  reconnectInterval: {
    name: 'Reconnect interval',
    words: 'The pause between two attempts to connect. Default 100 ms.',
  },
  ipv6: { name: 'IPv6', words: 'Also use IPv6 addresses, such as tcp://[::1]:5555. Default off.' },
  relaxedCorrelate: {
    name: 'Relaxed and correlate',
    words: 'Adds a frame on the wire: a request id by which late replies are told apart. Default off.',
  },
  repeatCount: { name: 'Number of sends', words: 'How many times the message is sent. Default 100.' },
  repeatForever: { name: 'Until I stop', words: 'Sends until you press Stop. Default off.' },
  repeatInterval: {
    name: 'Interval',
    words: 'The time from one send to the next; 0, or a late reply, sends as soon as the reply is there. Default 0 ms.',
  },
  messageType: {
    name: 'Message type',
    words: 'The Protobuf type that gives the fields their names; without one you see the wire itself. Default none.',
  },
  percentile: {
    name: 'Percentile',
    words: 'p99 is the time that 99 of 100 round trips did not exceed; the slow ones are above it.',
  },
  closedLoop: {
    name: 'Closed loop',
    words: 'The next request waits for the reply, so a stall of the server holds the requests back, too.',
  },
  openLoop: {
    name: 'Open loop',
    words: 'Requests are due at a fixed rate, whatever the server does, and are timed from when they were due.',
  },
} as const satisfies Record<string, Term>

/** The sentence of a term, for where it is set. */
export const explain = (term: keyof typeof terms): string => terms[term].words
