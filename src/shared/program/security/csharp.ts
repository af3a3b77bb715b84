import type { Lines } from '../language.ts'
import { type ProgramSecurity, type SecurityWords, secretKeyVariable } from '../security.ts'

const usePair = 'socket.Options.CurveCertificate = pair;'

/** `text` writes a text as C# has it. */
export const csharpSecurity = (text: (value: string) => string): SecurityWords => ({
  ownPair: (publicKey) => [
    `var pair = new NetMQCertificate(Z85(Secret("${secretKeyVariable}")), Z85(${text(publicKey)}));`,
  ],
  freshPair: ['var pair = new NetMQCertificate();'],
  printKey: ['Console.WriteLine("Public key in hex: " + Convert.ToHexString(pair.PublicKey));'],
  curveClient: (serverKey) => [`socket.Options.CurveServerKey = Z85(${text(serverKey)});`, usePair],
  curveServer: ['socket.Options.CurveServer = true;', usePair],
  plain: null,
  authenticator: { reason: 'NetMQ has no authenticators', plainWithout: 'Everybody comes in' },
  secretReader: [
    'static string Secret(string name) =>',
    '    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"Set {name}.");',
  ],
})

/** What reads keys, which NetMQ takes as bytes. */
const z85Reader: Lines = [
  '// The bytes of a key in Z85.',
  'static byte[] Z85(string key) {',
  '    const string digits =',
  '        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";',
  '    var bytes = new List<byte>();',
  '    for (var start = 0; start < key.Length; start += 5) {',
  '        var value = key.Substring(start, 5).Aggregate(0u, (sum, digit) => sum * 85 + (uint)digits.IndexOf(digit));',
  '        bytes.AddRange(new[] { (byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value });',
  '    }',
  '    return bytes.ToArray();',
  '}',
]

/** The function that reads keys, if the program has any. */
export const z85ReaderOf = (security: ProgramSecurity): Lines =>
  security.kind === 'curve-client' || (security.kind === 'curve-server' && security.ownKey !== null) ? z85Reader : []
