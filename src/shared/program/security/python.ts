import { indented, type Lines, within } from '../language.ts'
import { type ProgramUser, type SecurityWords, secretKeyVariable } from '../security.ts'

const by = '    '
/** A key has neither a quote nor a backslash in it. */
const key = (publicKey: string): string => `b"${publicKey}"`
const secret = (variable: string): string => `os.environ["${variable}"]`

const start: Lines = ['authenticator = ThreadAuthenticator(context)', 'authenticator.start()']

/** `text` and `bytes` write a text as Python has it. */
export const pythonSecurity = (text: (value: string) => string, bytes: (value: string) => string): SecurityWords => ({
  ownPair: (publicKey) => [`public_key = ${key(publicKey)}`, `secret_key = ${secret(secretKeyVariable)}.encode()`],
  freshPair: ['public_key, secret_key = zmq.curve_keypair()'],
  printKey: ['print("Public key:", public_key.decode())'],
  curveClient: (serverKey) => [
    `socket.curve_serverkey = ${key(serverKey)}`,
    'socket.curve_publickey = public_key',
    'socket.curve_secretkey = secret_key',
  ],
  curveServer: [
    'socket.curve_server = True',
    'socket.curve_publickey = public_key',
    'socket.curve_secretkey = secret_key',
  ],
  plain: {
    client: (userName) => [
      `socket.plain_username = ${bytes(userName)}`,
      `socket.plain_password = ${secret('ZMQ_PLAIN_PASSWORD')}.encode()`,
    ],
    server: ['socket.plain_server = True'],
  },
  authenticator: {
    plain: (users) => [...start, ...passwordsOf(users, text), 'authenticator.configure_plain(passwords=passwords)'],
    curve: (keys) => [
      'class Clients:',
      ...indented(
        [
          ...(keys.length === 0
            ? ['keys = []']
            : [
                'keys = [',
                ...indented(
                  keys.flatMap((each) => within('', [key(each)], ',')),
                  by,
                ),
                ']',
              ]),
          '',
          'def callback(self, domain, key):',
          `${by}return key in self.keys`,
        ],
        by,
      ),
      '',
      ...start,
      'authenticator.configure_curve_callback(credentials_provider=Clients())',
    ],
    stop: ['authenticator.stop()'],
  },
  secretReader: [],
})

const passwordsOf = (users: readonly ProgramUser[], text: (value: string) => string): Lines =>
  users.length === 0
    ? ['passwords = {}']
    : [
        'passwords = {',
        ...indented(
          users.map(({ name, variable }) => `${text(name)}: ${secret(variable)},`),
          by,
        ),
        '}',
      ]
