import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { checkPair, newKeyPair } from '../../../src/engine/security/key-pair.ts'
import { readCertificate, writeCertificate } from '../../../src/shared/zmq/certificate.ts'

const python = '/usr/bin/python3'
const hasPython = spawnSync(python, ['-c', 'import zmq.auth']).status === 0

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'inspector-'))

function run(script: string, ...args: string[]): unknown {
  const { stdout, stderr, status } = spawnSync(python, ['-c', script, ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

const load = `
import json, sys, zmq.auth
print(json.dumps([key and key.decode() for key in zmq.auth.load_certificate(sys.argv[1])]))
`

const create = `
import json, sys, zmq.auth
print(json.dumps(zmq.auth.create_certificates(sys.argv[1], 'one', {'name': "O'Brien # 1", 'e-mail': 'one@example.org'})))
`

describe.skipIf(!hasPython)('pyzmq', () => {
  test('reads the certificates that are written here', () => {
    const { publicKey, secretKey } = newKeyPair()
    const metadata = new Map([
      ['name', 'Jürgen "J" # 1'],
      ['curve', 'public-key = x'],
    ])
    for (const secret of [null, secretKey]) {
      const path = join(newFolder(), 'one.key')
      writeFileSync(path, writeCertificate({ publicKey, secretKey: secret, metadata }))
      expect(run(load, path)).toEqual([publicKey, secret])
    }
  })

  test('writes certificates that are read here', () => {
    const [open = '', secret = ''] = z.array(z.string()).parse(run(create, newFolder()))
    const ofSecret = readCertificate(readFileSync(secret))
    expect([...ofSecret.metadata]).toEqual([
      ['name', "O'Brien"],
      ['e-mail', 'one@example.org'],
    ])
    expect(checkPair(ofSecret.publicKey, ofSecret.secretKey ?? '')).toBeTruthy()
    expect(readCertificate(readFileSync(open))).toEqual({
      publicKey: ofSecret.publicKey,
      secretKey: null,
      metadata: new Map(),
    })
  })
})
