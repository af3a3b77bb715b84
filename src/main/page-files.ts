import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { extname, join, normalize, sep } from 'node:path'
import { protocol } from 'electron'
import type { Kept } from '../shared/contract/index.ts'
import { reasonOf } from '../shared/reason.ts'

const scheme = 'app'
export const origin = `${scheme}://inspector`

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** The only inline content is the component library's style sheets, each with this load's nonce. */
const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Must be called before the application is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    // Compiled scripts of the page are cached for the next start.
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

function headersFor(path: string, nonce: string): Record<string, string> {
  return {
    'Content-Type': types[extname(path)] ?? 'application/octet-stream',
    'Content-Security-Policy': contentSecurityPolicy(nonce),
    'X-Content-Type-Options': 'nosniff',
  }
}

interface Answer {
  readonly status: 200 | 404
  readonly body: Buffer
  readonly headers: Record<string, string>
}

const notFound = (why: string): Answer => ({
  status: 404,
  body: Buffer.from(`Not found${why}`),
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
})

/**
 * Answers requests under app://inspector/: the built window's files in `root`, and nothing outside it; and /kept.js,
 * with which the first page starts from the saved state. Later pages ask for everything, since it may have changed by
 * then, and so does the first one for null.
 */
export function createAnswers(root: string, kept: Promise<Kept | null>): (address: string) => Promise<Answer> {
  let waiting: Promise<Kept | null> | null = kept
  const keptScript = async (): Promise<Answer> => {
    const document = await waiting
    waiting = null
    // Parsed rather than written as an object literal, in which `__proto__` would be special.
    const body = Buffer.from(`globalThis.kept = JSON.parse(${JSON.stringify(JSON.stringify(document))})`)
    // From Chromium's cache, a page that is loaded again would get what the first one began with.
    return { status: 200, body, headers: { ...headersFor('kept.js', ''), 'Cache-Control': 'no-store' } }
  }
  return async (address) => {
    const url = new URL(address)
    if (url.host !== 'inspector') return notFound('')
    if (url.pathname === '/kept.js') return keptScript()
    const path = normalize(join(root, decodeURIComponent(url.pathname === '/' ? '/index.html' : url.pathname)))
    if (!path.startsWith(root + sep)) return notFound('')
    try {
      // At once: while the window starts, the main process is busy, and each step of an asynchronous read would wait for it.
      const file = readFileSync(path)
      const nonce = randomBytes(16).toString('base64')
      const isPage = extname(path) === '.html'
      const body = isPage ? Buffer.from(file.toString('utf8').replaceAll('%NONCE%', nonce)) : file
      return { status: 200, body, headers: headersFor(path, nonce) }
    } catch (thrown) {
      return notFound(`: ${reasonOf(thrown)}`)
    }
  }
}

/** Serves the window. An invalid address is answered as not found. */
export function serveWindow(root: string, kept: Promise<Kept | null>): void {
  const answerTo = createAnswers(root, kept)
  const answer = (address: string) => answerTo(address).catch(() => notFound(''))
  // The older of two APIs: the newer one first loads an implementation of fetch, which would delay the window by 50 ms.
  // Electron calls the older one deprecated; once it is gone, the newer one does the same.
  if ('registerBufferProtocol' in protocol) {
    protocol.registerBufferProtocol(scheme, (request, respond) => {
      answer(request.url).then(({ status, body, headers }) => respond({ statusCode: status, data: body, headers }))
    })
    return
  }
  serveByFetch(answer)
}

function serveByFetch(answer: (address: string) => Promise<Answer>): void {
  protocol.handle(scheme, async (request) => {
    const { status, body, headers } = await answer(request.url)
    return new Response(body, { status, headers })
  })
}
