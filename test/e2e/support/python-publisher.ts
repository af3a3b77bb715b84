import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { python } from '../../support/python.ts'

const program = `
import base64, json, sys, zmq
socket = zmq.Context().socket(zmq.PUB)
socket.linger = 0
port = int(sys.argv[1])
if port == 0:
    port = socket.bind_to_random_port("tcp://127.0.0.1")
else:
    socket.bind("tcp://127.0.0.1:%d" % port)
print(port, flush=True)
for line in sys.stdin:
    socket.send_multipart([base64.b64decode(frame) for frame in json.loads(line)])
`

/** A PUB of pyzmq, which sends what it is told. */
export class PythonPublisher {
  readonly endpoint: string

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    readonly port: number,
  ) {
    this.endpoint = `tcp://127.0.0.1:${port}`
  }

  /** Starts one at a port; 0 takes a free one. */
  static async start(port = 0): Promise<PythonPublisher> {
    const child = spawn(python, ['-c', program, `${port}`])
    const [line] = await once(child.stdout, 'data')
    return new PythonPublisher(child, Number(String(line)))
  }

  publish(...frames: readonly (string | Uint8Array)[]): void {
    const encoded = frames.map((frame) => Buffer.from(frame).toString('base64'))
    this.child.stdin.write(`${JSON.stringify(encoded)}\n`)
  }

  /** Resolves when it is gone. */
  async end(): Promise<void> {
    const ended = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await ended
  }
}
