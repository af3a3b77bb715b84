import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { defaultSettings } from '../../src/shared/settings.ts'
import { defaultWorkspace } from '../../src/shared/workspace.ts'

vi.mock('electron', () => ({ protocol: {} }))
const { createAnswers } = await import('../../src/main/page-files.ts')

function site(): { root: string; answer: ReturnType<typeof createAnswers> } {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-'))
  const root = join(folder, 'renderer')
  mkdirSync(root)
  writeFileSync(join(root, 'index.html'), '<meta name="csp-nonce" content="%NONCE%" />')
  writeFileSync(join(root, 'first.js'), 'first')
  writeFileSync(join(folder, 'secret.txt'), 'hidden words')
  mkdirSync(join(folder, 'renderer-other'))
  writeFileSync(join(folder, 'renderer-other', 'secret.txt'), 'hidden words')
  const kept = {
    settings: defaultSettings,
    workspace: { ...defaultWorkspace, layouts: JSON.parse('{"__proto__":{"a":1},"</script>":{"b":2}}') },
  }
  return { root, answer: createAnswers(root, Promise.resolve(kept)) }
}

test('a page gets its nonce in its text and its policy', async () => {
  const { answer } = site()
  const { status, body, headers } = await answer('app://inspector/')
  expect(status).toBe(200)
  const nonce = /content="([^"]+)"/.exec(body.toString())?.[1] ?? ''
  expect(nonce).toMatch(/^[\w+/]{22}==$/)
  expect(headers['Content-Security-Policy']).toContain(`'nonce-${nonce}'`)
  expect((await answer('app://inspector/index.html')).body.toString()).not.toContain(nonce)
})

test('a file is served unchanged, with its type', async () => {
  const { answer } = site()
  const { status, body, headers } = await answer('app://inspector/first.js')
  expect({ status, body: body.toString(), type: headers['Content-Type'] }).toEqual({
    status: 200,
    body: 'first',
    type: 'text/javascript; charset=utf-8',
  })
})

// Each path names a file that is there. `URL` resolves `/../` and `/%2e%2e/` itself, but not a slash that is written %2f.
test.each(['..%2fsecret.txt', '%2e%2e%2fsecret.txt', 'x%2f..%2f..%2fsecret.txt', '..%2frenderer-other%2fsecret.txt'])(
  '%s is outside the window, and not found',
  async (path) => {
    const { root, answer } = site()
    const reached = join(root, decodeURIComponent(path))
    expect(readFileSync(reached, 'utf8')).toBe('hidden words')
    expect(new URL(`app://inspector/${path}`).pathname).toBe(`/${path}`)
    const { status, body } = await answer(`app://inspector/${path}`)
    expect(status).toBe(404)
    expect(body.toString()).not.toContain('hidden words')
  },
)

test.each(['app://inspector/absent.js', 'app://elsewhere/first.js', 'app://elsewhere/kept.js', 'app://inspector/%00'])(
  '%s is not found',
  async (address) => {
    const { answer } = site()
    expect((await answer(address)).status).toBe(404)
  },
)

test('an invalid address is rejected, and answered by the caller', async () => {
  await expect(site().answer('app://inspector/%ff')).rejects.toThrow()
})

test('the first page gets the saved state, whatever its names, and later ones do not', async () => {
  const { answer } = site()
  const run = async (): Promise<unknown> => {
    const { body, headers } = await answer('app://inspector/kept.js')
    expect(headers).toMatchObject({ 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-store' })
    const scope: { kept?: unknown } = {}
    new Function('globalThis', body.toString())(scope)
    return scope.kept
  }
  const kept = await run()
  expect(kept).toMatchObject({ settings: defaultSettings })
  expect(JSON.stringify(kept)).toContain('"__proto__":{"a":1}')
  expect(await run()).toBeNull()
})
