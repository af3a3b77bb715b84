import { ipv6Groups } from '../address.ts'
import { inAscii, invisible, quotes } from './characters.ts'
import { quoted, Refusal } from './refusal.ts'

const write = (cause: string, candidate: string) => new Refusal(cause, { candidate, ending: 'write' })

/** Finds one kind of mistake; null when there is none. */
type Rule = (text: string) => Refusal | null

const signBefore: Rule = (text) => {
  const [all = '', sign = ''] = /^([>@+-])[>@+-]*\s*(?=[a-z]+:|[\d*[])/i.exec(text) ?? []
  if (all === '') return null
  const use: Readonly<Record<string, string>> = { '>': 'connect', '@': 'bind' }
  const meaning = use[sign]
  const cause = meaning
    ? `'${sign}' before the endpoint is CZMQ's, where it means ${meaning}`
    : `'${sign}' is not part of the endpoint`
  return write(cause, text.slice(all.length))
}

// A square bracket also begins an IPv6 address.
const beginOfWrapping = new RegExp(`^(?:[${quotes}<({\\s]|\\[(?=[\\s${quotes}]*[a-z]+://))+`, 'iu')
const endOfWrapping = new RegExp(`[${quotes}>)}\\s,;.]+$`, 'u')
const quotesAndAngles = new RegExp(`[${quotes}<>]`, 'gu')

const wrapped: Rule = (text) => {
  const begin = beginOfWrapping.exec(text)?.[0]
  if (begin === undefined) return null
  const inner = text.slice(begin.length).replace(endOfWrapping, '')
  return write('The endpoint is in quotes or brackets', begin.includes('[') ? inner.replace(/\]+$/, '') : inner)
}

const twoTransports: Rule = (text) => {
  const [, outer = '', inner = ''] =
    /^([a-z][a-z0-9+.-]*):\/\/+([a-z][a-z0-9+.-]*:\/\/(?!\d+$).*)$/is.exec(text) ??
    /^(tcp|ws):\/\/((?:tcp|ws):[^:]+:\d.*)$/is.exec(text) ??
    []
  if (inner === '') return null
  // A path or name may be anything else.
  if (/^(?:ipc|inproc)$/.test(outer) && !/^(?:tcp|ipc|inproc|ws):/.test(inner)) return null
  return write('There are two transports', inner)
}

const textBefore: Rule = (text) => {
  const [, before = '', endpoint = ''] = /^(.*?[\s=:(,])((?:tcp|ipc|inproc|ws):\/\/.*)$/is.exec(text) ?? []
  if (before === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return null
  return write(`${quoted(before.trim())} is not part of the endpoint`, endpoint)
}

const localSlashes: Rule = (text) => {
  const [, scheme = '', colon = '', slashes = '', rest = ''] =
    /^(ipc|inproc)(\s*[:;]*\s*)([/\\]*)(.*)$/is.exec(text) ?? []
  if (colon === ':' && /^\/\//.test(slashes)) return null
  if (scheme === '' || (colon.trim() === '' && slashes.length < 2)) return null
  const lower = scheme.toLowerCase()
  // One slash begins a path; two belong to the transport.
  const root = lower === 'ipc' && (slashes.length === 1 || slashes.length > 2) ? '/' : ''
  return write(`Expected '${lower}://'`, `${lower}://${root}${rest}`)
}

const innerQuotes: Rule = (text) => {
  const without = text.replace(quotesAndAngles, '')
  return without === text ? null : write('Quotes and angle brackets are not part of an endpoint', without)
}

const invisibleCharacter: Rule = (text) => {
  const [found] = text.match(invisible) ?? []
  if (found === undefined) return null
  const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return write(`It contains an invisible character (U+${code})`, text.replace(invisible, ''))
}

const oddCharacter: Rule = (text) => {
  const odd = [...text].find((character) => inAscii(character) !== character)
  if (odd === undefined) return null
  const plain = inAscii(odd)
  const cause = /\s/.test(plain) ? 'It contains an unusual space' : `'${odd}' is not an ordinary '${plain}'`
  return write(cause, [...text].map(inAscii).join(''))
}

const backslash: Rule = (text) =>
  text.includes('\\') && /^(?:tcp|ws)|:\/\//i.test(text)
    ? write("Write '/' instead of '\\'", text.replaceAll('\\', '/'))
    : null

const slashes: Rule = (text) => {
  const [all = '', scheme = '', between = ''] = /^(tcp|ws)(\s*[:;.,]?\s*:?\s*\/*\s*)/i.exec(text) ?? []
  if (between === '://' || !/[:;\s]|\/\//.test(between)) return null
  const lower = scheme.toLowerCase()
  return write(`Expected '${lower}://'`, `${lower}://${text.slice(all.length)}`)
}

const space: Rule = (text) => {
  if (!/\s/.test(text)) return null
  const tidy = text.replace(/\s*([:/.;])\s*/g, '$1')
  if (tidy !== text) return write('It contains white space', tidy)
  const [, host = '', port = ''] = /^((?:[a-z]+:\/\/)?(?:\[[^\]]*\]|[^\s:]+))\s+(\d{1,5})$/i.exec(text) ?? []
  return host === '' ? null : write("Expected ':' between host and port", `${host}:${port}`)
}

const separator: Rule = (text) => {
  const [, begin = '', between = '', port = ''] =
    /^((?:tcp|ws):\/\/\d+(?:\.\d+){3})([.,;-])(\d{1,5})$/.exec(text) ??
    /^((?:tcp|ws):\/\/[^:[\]/;\s@]+)([:/]+)(\d{1,5})$/.exec(text) ??
    []
  if (begin === '' || between === ':' || isIpv6(text)) return null
  return write("Expected ':' and the port after the host", `${begin}:${port}`)
}

const textAfter: Rule = (text) => {
  const [, endpoint = '', scheme = '', rest = ''] =
    /^((tcp|ws):\/\/(?:[^/]*;)?(?:\[[^\]]*\]|[^:[\]/\s;]*):(?:\d+|\*))(.+)$/s.exec(text) ?? []
  if (endpoint === '' || rest.includes('@') || isIpv6(text)) return null
  const isPath = rest.startsWith('/')
  const isDestination = scheme === 'tcp' && /^;[\w*[]/.test(rest) && !/^;[a-z]+:\/\//.test(rest)
  // `1e3` is not 1 with something after it.
  if (isPath || isDestination || /^[a-z]*\d[a-z\d]*$/i.test(rest)) return null
  if (/^[,.]\d{3}$/.test(rest)) return write('A port has no separators', `${endpoint}${rest.slice(1)}`)
  if (/^:\d+$/.test(rest)) return write('There are two ports', endpoint)
  const [port = ''] = /[^:]*$/.exec(endpoint) ?? []
  if (!/^[a-z]+$/i.test(rest)) return write(`Remove ${quoted(rest)} after the port`, endpoint)
  return new Refusal(`Port ${quoted(`${port}${rest}`)} does not exist: write a number from 1 to 65535`, {
    candidate: endpoint,
  })
}

/** Whether the address is, or begins with, an IPv6 address without brackets. */
function isIpv6(text: string): boolean {
  const address = text.replace(/^[a-z]+:\/\//, '')
  return ipv6Groups(address) !== undefined || ipv6Groups(address.slice(0, address.lastIndexOf(':'))) !== undefined
}

/** What surrounds an endpoint of any transport. */
const aroundAny: readonly Rule[] = [signBefore, wrapped, twoTransports, textBefore, localSlashes]

/** Mistakes in host and port; paths and names may contain all of this. */
const inAddress: readonly Rule[] = [
  innerQuotes,
  invisibleCharacter,
  oddCharacter,
  space,
  textAfter,
  backslash,
  slashes,
  separator,
]

/** The first mistake in how an endpoint is written; null when there is none. */
export function findMistake(text: string): Refusal | null {
  const isLocal = /^(?:ipc|inproc):\/\//.test(text)
  for (const rule of isLocal ? aroundAny : [...aroundAny, ...inAddress]) {
    const mistake = rule(text)
    if (mistake) return mistake
  }
  return null
}
