import { nobodyComesIn, passwordVariable, type SecurityWords, secretKeyVariable } from '../security.ts'

const secret = (variable: string): string => `secret("${variable}")`
const pair = ['socket.set_curve_publickey(public_key)?;', 'socket.set_curve_secretkey(secret_key)?;']

/** `text` writes a text as Rust has it. */
export const rustSecurity = (text: (value: string) => string): SecurityWords => ({
  ownPair: (publicKey) => [
    `let secret_key = ${secret(secretKeyVariable)};`,
    `let (public_key, secret_key) = (${text(publicKey)}.as_bytes(), secret_key.as_bytes());`,
  ],
  freshPair: [
    'let pair = zmq::CurveKeyPair::new()?;',
    'let (public_key, secret_key) = (&pair.public_key[..], &pair.secret_key[..]);',
  ],
  printKey: ['println!("Public key: {}", zmq::z85_encode(public_key).unwrap());'],
  curveClient: (serverKey) => [`socket.set_curve_serverkey(${text(serverKey)}.as_bytes())?;`, ...pair],
  curveServer: ['socket.set_curve_server(true)?;', ...pair],
  plain: {
    client: (userName) => [
      `socket.set_plain_username(Some(${text(userName)}))?;`,
      `socket.set_plain_password(Some(&${secret(passwordVariable)}))?;`,
    ],
    server: ['socket.set_plain_server(true)?;'],
  },
  authenticator: { reason: 'the crate zmq brings none', plainWithout: nobodyComesIn },
  secretReader: [
    'fn secret(name: &str) -> String {',
    '    std::env::var(name).unwrap_or_else(|_| panic!("Set {}.", name))',
    '}',
  ],
})
