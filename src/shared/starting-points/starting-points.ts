import type { ElementType } from '../codecs/array/elements.ts'
import { plainSource, type ValueSource } from '../values/source.ts'
import { type StartedSocket, type StartingPoint, startedSocket } from './starting-point.ts'

const arrayOf = (type: ElementType, columns = 1) => ({ type, littleEndian: true, columns })

const numbersIn = (frame: number, type: ElementType): ValueSource => ({
  ...plainSource(frame, 'array', '$'),
  array: arrayOf(type),
})

const whole = { from: 0, every: 1 }

/** Samples of GNU Radio, one or two numbers each, as a waveform of the newest message. */
const samples = (endpoint: string, type: ElementType, columns: 1 | 2): StartedSocket =>
  startedSocket({
    name: 'GNU Radio',
    pattern: 'sub',
    endpoint,
    views: { 0: { view: 'array', array: arrayOf(type, columns) } },
    form: 'plot',
    series: Array.from({ length: columns }, (_, from) => ({
      value: numbersIn(0, type),
      x: 'index' as const,
      part: { from, every: columns },
      label: columns === 1 ? '' : from === 0 ? 'real' : 'imaginary',
    })),
  })

const gnuRadio = 'Tried with GNU Radio 3.10: ZMQ PUB Sink without a key and without tags.'
const pyzmq = 'Tried with pyzmq 24.'

/** Everything that can be started from, in the order in which it is offered. */
export const startingPoints: readonly StartingPoint[] = [
  {
    id: 'bitcoin-core',
    name: 'Bitcoin Core',
    words:
      'Blocks and transactions as bitcoind publishes them (-zmqpubhashblock, -zmqpubrawtx, -zmqpubsequence). Counters of lost messages are watched.',
    source: "Made after Bitcoin Core's doc/zmq.md, not tried with a node.",
    asks: 'endpoint',
    endpoint: 'tcp://127.0.0.1:28332',
    sockets: (endpoint) => [
      startedSocket({
        name: 'Bitcoin Core',
        pattern: 'sub',
        endpoint,
        topics: ['hashblock', 'rawtx', 'sequence'],
        views: { 0: { view: 'text' }, 1: { view: 'hex' }, 2: { view: 'array', array: arrayOf('uint32') } },
        form: 'topics',
        watches: [
          {
            kind: 'sequence',
            topic: null,
            source: { ...numbersIn(2, 'uint32'), path: '$[0]' },
            perTopic: true,
          },
        ],
      }),
    ],
  },
  {
    id: 'jupyter',
    name: 'Jupyter kernel',
    words:
      'A running kernel, from its connection file: what it publishes (iopub) by types of message, its heartbeat, and its shell, whose messages are signed on sending and checked when they are shown.',
    source: 'Tried with ipykernel 6.17.',
    asks: 'connection-file',
    endpoint: '',
    sockets: () => [],
  },
  {
    id: 'gnuradio-complex',
    name: 'GNU Radio: complex samples',
    words: 'A ZMQ PUB Sink of complex64: real and imaginary parts as a waveform of the newest message.',
    source: gnuRadio,
    asks: 'endpoint',
    endpoint: 'tcp://127.0.0.1:5555',
    sockets: (endpoint) => [samples(endpoint, 'float32', 2)],
  },
  {
    id: 'gnuradio-float',
    name: 'GNU Radio: float samples',
    words: 'A ZMQ PUB Sink of float32, as a waveform of the newest message.',
    source: gnuRadio,
    asks: 'endpoint',
    endpoint: 'tcp://127.0.0.1:5555',
    sockets: (endpoint) => [samples(endpoint, 'float32', 1)],
  },
  {
    id: 'plotjuggler-json',
    name: 'PlotJuggler: JSON',
    words: "A publisher for PlotJuggler's ZMQ Subscriber in JSON. Press Plot this value beside a number of a message.",
    source: "Made after PlotJuggler's example publisher, not tried with it.",
    asks: 'endpoint',
    endpoint: 'tcp://127.0.0.1:9872',
    sockets: (endpoint) => [
      startedSocket({ name: 'PlotJuggler', pattern: 'sub', endpoint, views: { 0: { view: 'json' } } }),
    ],
  },
  {
    id: 'plotjuggler-messagepack',
    name: 'PlotJuggler: MessagePack',
    words:
      "A publisher for PlotJuggler's ZMQ Subscriber in MessagePack. Press Plot this value beside a number of a message.",
    source: "Made after PlotJuggler's documentation, not tried with it.",
    asks: 'endpoint',
    endpoint: 'tcp://127.0.0.1:9872',
    sockets: (endpoint) => [
      startedSocket({ name: 'PlotJuggler', pattern: 'sub', endpoint, views: { 0: { view: 'messagepack' } } }),
    ],
  },
  {
    id: 'pyzmq-json',
    name: 'pyzmq: send_json',
    words: 'Messages of send_json, pulled and shown as JSON.',
    source: pyzmq,
    asks: 'endpoint',
    endpoint: 'tcp://127.0.0.1:5555',
    sockets: (endpoint) => [
      startedSocket({ name: 'send_json', pattern: 'pull', endpoint, views: { 0: { view: 'json' } } }),
    ],
  },
  {
    id: 'pyzmq-pyobj',
    name: 'pyzmq: send_pyobj',
    words: 'Messages of send_pyobj, pulled and shown as what the pickle holds. Nothing in it is executed.',
    source: pyzmq,
    asks: 'endpoint',
    endpoint: 'tcp://127.0.0.1:5555',
    sockets: (endpoint) => [
      startedSocket({ name: 'send_pyobj', pattern: 'pull', endpoint, views: { 0: { view: 'pickle' } } }),
    ],
  },
  {
    id: 'pyzmq-numpy',
    name: 'pyzmq: numpy arrays',
    words:
      "Arrays as pyzmq's documentation sends them: a frame of JSON with dtype and shape, and the numbers behind it, which are read as it says.",
    source: pyzmq,
    asks: 'endpoint',
    endpoint: 'tcp://127.0.0.1:5555',
    sockets: (endpoint) => [
      startedSocket({
        name: 'numpy',
        pattern: 'pull',
        endpoint,
        views: { 0: { view: 'json' } },
        form: 'plot',
        series: [{ value: plainSource(1, 'array', '$'), x: 'index', part: whole, label: '' }],
      }),
    ],
  },
]
