import { percentileOf } from '../../../src/shared/lab/distribution.ts'
import { throughputOf } from '../../../src/shared/lab/result.ts'
import type { Bench, Setting } from '../bench.ts'
import { Program } from '../support/children.ts'
import { messageBytes, nativeOf, startServer } from '../support/peers.ts'
import type { Row } from '../support/report.ts'
import { interleave, makeRound } from '../support/rounds.ts'
import { ratioOf, spreadOf } from '../support/statistics.ts'
import { measureStep, Receiver, startSender } from '../support/streams.ts'

const oneWay = ['--one-way', 'push-pull', '--warmup', '500ms']
const ratePerSecond = 1000

/** What libzmq's local_thr prints as its mean throughput, beside the lab's. */
async function throughputRows(setting: Setting, bytes: number, most: number): Promise<Row[]> {
  const messages = setting.quick ? most / 10 : most
  const receiver = await Receiver.start(setting, 'counted')
  const sides: Record<'lab' | 'C', Program | null> = {
    lab: null,
    C: startSender(setting, receiver.endpoint, bytes),
  }
  const rates = await interleave(setting.quick ? 2 : 5, sides, async (program) =>
    program
      ? receiver.rateOf(messages, () => program.ask(String(messages)))
      : throughputOf(await measureStep(setting, [...oneWay, '--size', String(bytes), '--count', String(messages)])),
  )
  await sides.C?.stop()
  await receiver.stop()
  const what = `throughput, ${bytes.toLocaleString('en-US')} bytes`
  return [
    { what: `${what}: lab / C`, unit: 'x', spread: ratioOf(rates.lab, rates.C) },
    { what: `${what}: lab`, unit: 'perSecond', spread: spreadOf(rates.lab) },
    { what: `${what}: C, as local_thr`, unit: 'perSecond', spread: spreadOf(rates.C) },
  ]
}

/** How long a message is on its way when there is time between two: from send to receive. */
async function latencyRows(setting: Setting): Promise<Row[]> {
  const seconds = setting.quick ? 1 : 3
  const receiver = await Receiver.start(setting, 'timed')
  const sides: Record<'lab' | 'C', Program | null> = {
    lab: null,
    C: startSender(setting, receiver.endpoint, messageBytes, { rate: ratePerSecond }),
  }
  const load = ['--rate', String(ratePerSecond), '--duration', `${seconds}s`, '--size', String(messageBytes)]
  const messages = ratePerSecond * seconds
  const figures = await interleave(setting.quick ? 2 : 5, sides, async (program) => {
    if (program) {
      const { p50, mean } = await receiver.timesOf(messages, () => program.ask(String(messages)))
      return { p50, mean }
    }
    const { service, latency } = await measureStep(setting, [...oneWay, ...load])
    const way = service ?? latency
    return { p50: percentileOf(way, 50) ?? Number.NaN, mean: way.meanNs ?? Number.NaN }
  })
  await sides.C?.stop()
  await receiver.stop()
  const of = (side: 'lab' | 'C', figure: 'p50' | 'mean') => figures[side].map((each) => each[figure] / 1000)
  const what = `one way at ${ratePerSecond.toLocaleString('en-US')}/s`
  return [
    { what: `${what}, p50: lab / C`, unit: 'x', spread: ratioOf(of('lab', 'p50'), of('C', 'p50')) },
    { what: `${what}, p50: lab`, unit: 'us', spread: spreadOf(of('lab', 'p50')) },
    { what: `${what}, p50: C`, unit: 'us', spread: spreadOf(of('C', 'p50')) },
    { what: `${what}, average: lab`, unit: 'us', spread: spreadOf(of('lab', 'mean')) },
    { what: `${what}, average: C`, unit: 'us', spread: spreadOf(of('C', 'mean')) },
  ]
}

/** What remote_lat prints: half of a mean round trip, one after the other. */
async function halfRoundTrip(setting: Setting): Promise<Row> {
  const endpoint = await startServer(setting)
  const client = new Program('the client in C', {
    command: nativeOf(setting).requestClient,
    args: [endpoint, '1', String(messageBytes)],
  })
  const halves: number[] = []
  for (let round = 0; round < 3; round += 1) halves.push((await makeRound(client, 10_000)).mean / 2000)
  await client.stop()
  return { what: 'half a round trip, average: C, as remote_lat', unit: 'us', spread: spreadOf(halves) }
}

export const labOneWay: Bench = {
  name: 'lab-one-way',
  about: "the lab's one-way streams from PUSH to PULL beside the same in C: throughput, and how long the way takes",
  needs: ['native', 'command line'],
  async run(setting) {
    const rows = [
      ...(await throughputRows(setting, 16, 1_000_000)),
      ...(await throughputRows(setting, 1024, 500_000)),
      ...(await latencyRows(setting)),
      await halfRoundTrip(setting),
    ]
    return {
      rows,
      notes: ['The system decides where the programs run: both ends of a stream are in one process here.'],
    }
  },
}
