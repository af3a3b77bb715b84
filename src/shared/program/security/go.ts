import { indented } from '../language.ts'
import { passwordVariable, type SecurityWords, secretKeyVariable } from '../security.ts'

const by = '\t'
const secret = (variable: string): string => `secret("${variable}")`
const pair = ['check(socket.SetCurvePublickey(publicKey))', 'check(socket.SetCurveSecretkey(secretKey))']

/** `text` writes a text as Go has it. */
export const goSecurity = (text: (value: string) => string): SecurityWords => ({
  ownPair: (publicKey) => [`publicKey := ${text(publicKey)}`, `secretKey := ${secret(secretKeyVariable)}`],
  freshPair: ['publicKey, secretKey, err := zmq.NewCurveKeypair()', 'check(err)'],
  printKey: ['fmt.Println("Public key:", publicKey)'],
  curveClient: (serverKey) => [`check(socket.SetCurveServerkey(${text(serverKey)}))`, ...pair],
  curveServer: ['check(socket.SetCurveServer(1))', ...pair],
  plain: {
    client: (userName) => [
      `check(socket.SetPlainUsername(${text(userName)}))`,
      `check(socket.SetPlainPassword(${secret(passwordVariable)}))`,
    ],
    server: ['check(socket.SetPlainServer(1))'],
  },
  authenticator: {
    plain: (users) => [
      ...users.map(({ name, variable }) => `zmq.AuthPlainAdd("*", ${text(name)}, ${secret(variable)})`),
      'check(zmq.AuthStart())',
    ],
    curve: (keys) => [
      ...(keys.length === 0
        ? []
        : ['zmq.AuthCurveAdd(', ...indented(['"*",', ...keys.map((key) => `${text(key)},`)], by), ')']),
      'check(zmq.AuthStart())',
    ],
    stop: ['zmq.AuthStop()'],
  },
  secretReader: [
    'func secret(name string) string {',
    '\tvalue := os.Getenv(name)',
    '\tif value == "" {',
    '\t\tlog.Fatal("Set ", name, ".")',
    '\t}',
    '\treturn value',
    '}',
  ],
})
