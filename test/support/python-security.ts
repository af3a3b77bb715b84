import { spawnSync } from 'node:child_process'
import { RunningProgram } from './running-program.ts'

const python = '/usr/bin/python3'

export const hasPython = spawnSync(python, ['-c', 'import zmq']).status === 0

/**
 * A REP or a REQ of Debian's libzmq (4.3.4). A REP binds a free port, prints `at ENDPOINT` and echoes; a REQ connects,
 * sends `from python` and prints `got ...`. Both print each event of their handshakes, as `event NAME VALUE`.
 */
const peer = `
import os, sys, json, threading, zmq, zmq.auth
from zmq.auth.thread import ThreadAuthenticator
from zmq.utils.monitor import recv_monitor_message
# Two threads print: a line must not come in parts.
def say(*parts): os.write(1, (' '.join(map(str, parts)) + '\\n').encode())
kind, endpoint, security = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
context = zmq.Context()
socket = context.socket(getattr(zmq, kind))
socket.linger = 0
z = lambda text: text.encode()
# Two threads print: a line must stay whole.
say = lambda *words: (sys.stdout.write(' '.join(map(str, words)) + '\\n'), sys.stdout.flush())
monitor = socket.get_monitor_socket()
names = {zmq.EVENT_HANDSHAKE_SUCCEEDED: 'succeeded', zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL: 'broken',
  zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL: 'protocol', zmq.EVENT_HANDSHAKE_FAILED_AUTH: 'auth'}
def watch():
    while True:
        event = recv_monitor_message(monitor)
        if event['event'] in names: say('event', names[event['event']], event['value'])
threading.Thread(target=watch, daemon=True).start()
mechanism = security.get('mechanism')
def answer(zap, how):
    while True:
        request = zap.recv_multipart()
        if how == 'never': continue
        zap.send_multipart([b'1.0', request[1], b'200'] if how == 'malformed' else [b'1.0', request[1], how.encode(), b'', b'', b''])
if 'answers' in security:
    zap = context.socket(zmq.REP); zap.linger = 0; zap.bind('inproc://zeromq.zap.01')
    threading.Thread(target=answer, args=(zap, security['answers']), daemon=True).start()
if mechanism == 'PLAIN':
    if security.get('server'):
        if 'users' in security:
            auth = ThreadAuthenticator(context); auth.start()
            auth.configure_plain(domain='*', passwords=security['users'])
        socket.plain_server = True
    else:
        socket.plain_username = z(security['user']); socket.plain_password = z(security['password'])
if mechanism == 'CURVE':
    socket.curve_secretkey = z(security['secret']); socket.curve_publickey = z(security['public'])
    if security.get('server'):
        if 'allowed' in security:
            auth = ThreadAuthenticator(context); auth.start()
            auth.configure_curve_callback(domain='*', credentials_provider=type('P', (), {
              'callback': lambda self, domain, key: key.decode() in security['allowed']})())
        socket.curve_server = True
    else:
        socket.curve_serverkey = z(security['serverKey'])
if kind == 'REP':
    socket.bind(endpoint)
    say('at', socket.last_endpoint.decode())
    while True: socket.send_multipart(socket.recv_multipart())
else:
    socket.connect(endpoint)
    socket.send(b'from python')
    say('got', socket.recv().decode())
    threading.Event().wait()
`

/** How the peer is secured. */
export type PythonSecurity =
  | { readonly mechanism: 'NULL' }
  | { readonly mechanism: 'PLAIN'; readonly server: true; readonly users?: Readonly<Record<string, string>> }
  | { readonly mechanism: 'PLAIN'; readonly user: string; readonly password: string }
  | {
      readonly mechanism: 'CURVE'
      readonly server: true
      readonly public: string
      readonly secret: string
      /** Public keys; none lets everybody in. */
      readonly allowed?: readonly string[]
      /** What its authenticator answers whoever comes: a status, nothing, or what breaks the protocol. */
      readonly answers?: '200' | '300' | '400' | '500' | 'never' | 'malformed'
    }
  | { readonly mechanism: 'CURVE'; readonly serverKey: string; readonly public: string; readonly secret: string }

/** Starts an echoing REP in Python, and waits until it listens. */
export async function pythonServer(security: PythonSecurity): Promise<{ program: RunningProgram; endpoint: string }> {
  const program = start('REP', 'tcp://127.0.0.1:*', security)
  return { program, endpoint: (await program.until(/at (\S+)/))[1] ?? '' }
}

/** Starts a REQ in Python. */
export const pythonClient = (endpoint: string, security: PythonSecurity): RunningProgram =>
  start('REQ', endpoint, security)

const start = (kind: 'REP' | 'REQ', endpoint: string, security: PythonSecurity): RunningProgram =>
  new RunningProgram(python, ['-u', '-c', peer, kind, endpoint, JSON.stringify(security)])
