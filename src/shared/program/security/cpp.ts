import { nobodyComesIn, passwordVariable, type SecurityWords, secretKeyVariable } from '../security.ts'

const set = (option: string, value: string): string => `socket.set(zmq::sockopt::${option}, ${value});`
const secret = (variable: string): string => `secret("${variable}")`
const pair = [set('curve_publickey', 'public_key'), set('curve_secretkey', 'secret_key')]

/** `text` writes a text as a std::string. */
export const cppSecurity = (text: (value: string) => string): SecurityWords => ({
  ownPair: (publicKey) => [
    `const std::string public_key = ${text(publicKey)};`,
    `const std::string secret_key = ${secret(secretKeyVariable)};`,
  ],
  freshPair: [
    'char public_key[41], secret_key[41];',
    'if (zmq_curve_keypair(public_key, secret_key) != 0) throw zmq::error_t();',
  ],
  printKey: ['std::printf("Public key: %s\\n", std::string(public_key).c_str());', 'std::fflush(stdout);'],
  curveClient: (serverKey) => [set('curve_serverkey', text(serverKey)), ...pair],
  curveServer: [set('curve_server', 'true'), ...pair],
  plain: {
    client: (userName) => [set('plain_username', text(userName)), set('plain_password', secret(passwordVariable))],
    server: [set('plain_server', 'true')],
  },
  authenticator: { reason: 'libzmq brings none', plainWithout: nobodyComesIn },
  secretReader: [
    'static std::string secret(const char *name) {',
    '  const char *value = std::getenv(name);',
    '  if (value && *value) return value;',
    '  std::fprintf(stderr, "Set %s.\\n", name);',
    '  std::exit(1);',
    '}',
  ],
})
