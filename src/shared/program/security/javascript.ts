import { nobodyComesIn, passwordVariable, type SecurityWords, secretKeyVariable } from '../security.ts'

const secret = (variable: string): string => `secret("${variable}")`

/** `text` writes a text as JavaScript has it. */
export const javascriptSecurity = (text: (value: string) => string): SecurityWords => ({
  ownPair: (publicKey) => [`const publicKey = ${text(publicKey)}`, `const secretKey = ${secret(secretKeyVariable)}`],
  freshPair: ['const { publicKey, secretKey } = curveKeyPair()'],
  printKey: ['console.log("Public key:", publicKey)'],
  curveClient: (serverKey) => [
    `socket.curveServerKey = ${text(serverKey)}`,
    'socket.curvePublicKey = publicKey',
    'socket.curveSecretKey = secretKey',
  ],
  curveServer: ['socket.curveServer = true', 'socket.curvePublicKey = publicKey', 'socket.curveSecretKey = secretKey'],
  plain: {
    client: (userName) => [
      `socket.plainUsername = ${text(userName)}`,
      `socket.plainPassword = ${secret(passwordVariable)}`,
    ],
    server: ['socket.plainServer = true'],
  },
  authenticator: { reason: 'zeromq.js brings none', plainWithout: nobodyComesIn },
  secretReader: [
    'function secret(name) {',
    '  const value = process.env[name]',
    '  if (!value) throw new Error("Set " + name + ".")',
    '  return value',
    '}',
  ],
})
