import { Refusal } from './refusal.ts'

const known = 'use tcp, ipc, inproc or ws'

/** What libzmq knows of and cannot be used here, with the reason and what to use instead. */
const unusable: Readonly<Record<string, string>> = {
  wss: 'wss:// is not built into this libzmq: use ws:// behind a proxy that adds TLS',
  pgm: 'pgm:// needs a libzmq with OpenPGM, which this one has not: use tcp',
  epgm: 'epgm:// needs a libzmq with OpenPGM, which this one has not: use tcp',
  norm: 'norm:// needs a libzmq with NORM, which this one has not: use tcp',
  vmci: 'vmci:// needs a libzmq with VMCI, which this one has not: use tcp over the virtual network',
  vsock: 'vsock:// is not built into this libzmq: use tcp over the virtual network',
  tipc: 'tipc:// needs a kernel module, and is not supported here: use tcp',
  udp: 'udp:// is not offered, because a datagram from anybody can end the process in libzmq: use tcp',
}

/** Why a text with a scheme other than ours is not an endpoint. */
export function unknownScheme(scheme: string, address: string): Refusal {
  const lower = scheme.toLowerCase()
  if (['tcp', 'ipc', 'inproc', 'ws'].includes(lower)) {
    return new Refusal('The transport must be in lower case', { candidate: `${lower}://${address}`, ending: 'write' })
  }
  const reason = unusable[lower]
  if (reason !== undefined) return new Refusal(reason, lower === 'udp' ? { candidate: `tcp://${address}` } : {})
  const candidate = address.startsWith('/') ? `ipc://${address}` : `tcp://${address}`
  return new Refusal(`There is no ${scheme}:// in ZeroMQ: ${known}`, { candidate })
}

/** Why a text without `://` is not an endpoint. */
export function withoutScheme(text: string): Refusal {
  if (/^\.{0,2}\//.test(text) && !text.startsWith('//')) {
    return new Refusal('A path needs ipc:// before it', { candidate: `ipc://${text}`, ending: 'write' })
  }
  const port = /^:?(\d{1,5})$/.exec(text)?.[1]
  const address = text.replace(/^:?\/+/, '')
  return new Refusal('Missing transport', {
    candidate: `tcp://${port === undefined ? address : `127.0.0.1:${port}`}`,
    ending: 'did you mean',
  })
}
