import { delimiter } from '../jupyter/message.ts'
import { type StartedSocket, startedSocket } from './starting-point.ts'

/** The endpoints of a kernel that sockets are made for. */
export interface KernelEndpoints {
  readonly shell: string
  readonly iopub: string
  readonly heartbeat: string
}

/** Header, parent header, metadata and content, from a place on. */
const jsonFrom = (first: number) =>
  Object.fromEntries(Array.from({ length: 4 }, (_, place) => [first + place, { view: 'json' as const }]))

/** A request for what kernel this is. Its signature is put in on sending. */
const kernelInfoRequest = (id: string) => [
  { encoding: 'text' as const, text: delimiter },
  { encoding: 'text' as const, text: '' },
  {
    encoding: 'json' as const,
    text: JSON.stringify({
      msg_id: id,
      session: id,
      username: 'inspector',
      date: '2024-01-01T00:00:00Z',
      msg_type: 'kernel_info_request',
      version: '5.3',
    }),
  },
  { encoding: 'json' as const, text: '{}' },
  { encoding: 'json' as const, text: '{}' },
  { encoding: 'json' as const, text: '{}' },
]

/** The sockets for a kernel: what it publishes, its shell, and its heartbeat. `id` is that of the first message. */
export const kernelSockets = ({ shell, iopub, heartbeat }: KernelEndpoints, id: string): readonly StartedSocket[] => [
  startedSocket({
    name: 'Jupyter iopub',
    pattern: 'sub',
    endpoint: iopub,
    isSigned: true,
    views: { 0: { view: 'text' }, 1: { view: 'text' }, 2: { view: 'text' }, ...jsonFrom(3) },
    form: 'topics',
    topicKey: { by: 'path', frame: 3, encoding: 'json', message: null, path: '$.msg_type' },
  }),
  startedSocket({
    name: 'Jupyter shell',
    pattern: 'dealer',
    endpoint: shell,
    isSigned: true,
    views: { 0: { view: 'text' }, 1: { view: 'text' }, ...jsonFrom(2) },
    message: kernelInfoRequest(id),
  }),
  startedSocket({
    name: 'Jupyter heartbeat',
    pattern: 'req',
    endpoint: heartbeat,
    message: [{ encoding: 'text', text: 'ping' }],
  }),
]
