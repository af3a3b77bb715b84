import { passwordVariable, type SecurityWords, secretKeyVariable } from '../security.ts'

const secret = (variable: string): string => `secret("${variable}")`
const decoded = (key: string): string => `ZMQ.Curve.z85Decode(${key})`
const pair = [
  `socket.setCurvePublicKey(${decoded('publicKey')});`,
  `socket.setCurveSecretKey(${decoded('secretKey')});`,
]

/** `text` writes a text as Java has it. */
export const javaSecurity = (text: (value: string) => string): SecurityWords => ({
  ownPair: (publicKey) => [
    `String publicKey = ${text(publicKey)};`,
    `String secretKey = ${secret(secretKeyVariable)};`,
  ],
  freshPair: [
    'ZMQ.Curve.KeyPair pair = ZMQ.Curve.generateKeyPair();',
    'String publicKey = pair.publicKey;',
    'String secretKey = pair.secretKey;',
  ],
  printKey: ['System.out.println("Public key: " + publicKey);'],
  curveClient: (serverKey) => [`socket.setCurveServerKey(${decoded(text(serverKey))});`, ...pair],
  curveServer: ['socket.setCurveServer(true);', ...pair],
  plain: {
    client: (userName) => [
      `socket.setPlainUsername(${text(userName)});`,
      `socket.setPlainPassword(${secret(passwordVariable)});`,
    ],
    server: ['socket.setPlainServer(true);'],
  },
  authenticator: {
    reason: 'the authenticator of JeroMQ, ZAuth, takes its rules from files',
    plainWithout: 'Whoever gives any user name and password comes in',
  },
  secretReader: [
    'static String secret(String name) {',
    '    String value = System.getenv(name);',
    '    if (value == null) throw new IllegalStateException("Set " + name + ".");',
    '    return value;',
    '}',
  ],
})
