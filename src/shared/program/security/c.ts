import { nobodyComesIn, passwordVariable, type SecurityWords, secretKeyVariable } from '../security.ts'

const set = (option: string, value: string): string => `set_text(socket, ZMQ_${option}, ${value});`
const setLiteral = (option: string, literal: string): string =>
  `check(zmq_setsockopt(socket, ZMQ_${option}, BYTES(${literal})));`
const secret = (variable: string): string => `secret("${variable}")`
const pair = [set('CURVE_PUBLICKEY', 'public_key'), set('CURVE_SECRETKEY', 'secret_key')]

/** `text` writes a text as C has it. */
export const cSecurity = (text: (value: string) => string): SecurityWords => ({
  ownPair: (publicKey) => [
    `const char *public_key = ${text(publicKey)};`,
    `const char *secret_key = ${secret(secretKeyVariable)};`,
  ],
  freshPair: ['char public_key[41], secret_key[41];', 'check(zmq_curve_keypair(public_key, secret_key));'],
  printKey: ['printf("Public key: %s\\n", public_key);', 'fflush(stdout);'],
  curveClient: (serverKey) => [setLiteral('CURVE_SERVERKEY', text(serverKey)), ...pair],
  curveServer: ['set(socket, ZMQ_CURVE_SERVER, 1);', ...pair],
  plain: {
    client: (userName) => [
      setLiteral('PLAIN_USERNAME', text(userName)),
      set('PLAIN_PASSWORD', secret(passwordVariable)),
    ],
    server: ['set(socket, ZMQ_PLAIN_SERVER, 1);'],
  },
  authenticator: { reason: 'libzmq brings none', plainWithout: nobodyComesIn },
  secretReader: [
    'static const char *secret(const char *name) {',
    '  const char *value = getenv(name);',
    '  if (value && *value) return value;',
    '  fprintf(stderr, "Set %s.\\n", name);',
    '  exit(1);',
    '}',
  ],
})
