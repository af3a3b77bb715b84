import type { Bench } from './bench.ts'
import { appRepeat } from './benches/app-repeat.ts'
import { curve } from './benches/curve.ts'
import { echoServer } from './benches/echo-server.ts'
import { events } from './benches/events.ts'
import { find } from './benches/find.ts'
import { firstWindow } from './benches/first-window.ts'
import { heldUp } from './benches/held-up.ts'
import { idleWindow } from './benches/idle-window.ts'
import { knownDelay } from './benches/known-delay.ts'
import { labClient } from './benches/lab-client.ts'
import { labOneWay } from './benches/lab-one-way.ts'
import { labPush } from './benches/lab-push.ts'
import { lateness } from './benches/lateness.ts'
import { logRates } from './benches/log-rates.ts'
import { logging } from './benches/logging.ts'
import { memory } from './benches/memory.ts'
import { plot } from './benches/plot.ts'
import { roundTrip } from './benches/round-trip.ts'
import { streamWindow } from './benches/stream-window.ts'
import { streaming } from './benches/streaming.ts'
import { throughput } from './benches/throughput.ts'
import { topics } from './benches/topics.ts'
import { topicsWindow } from './benches/topics-window.ts'
import { zmtpReader } from './benches/zmtp-reader.ts'

/** All benches, in the order in which they run: the engine's first, the application's last. */
export const benches: readonly Bench[] = [
  roundTrip,
  curve,
  throughput,
  labClient,
  labPush,
  labOneWay,
  echoServer,
  streaming,
  zmtpReader,
  topics,
  logging,
  logRates,
  find,
  memory,
  knownDelay,
  lateness,
  events,
  appRepeat,
  streamWindow,
  plot,
  topicsWindow,
  firstWindow,
  idleWindow,
  heldUp,
]
