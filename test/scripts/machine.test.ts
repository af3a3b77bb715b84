import { describe, expect, it } from 'vitest'
import { hasDisplay } from '../../scripts/lib/display.mjs'
import { sandboxObstacle } from '../../scripts/lib/sandbox.mjs'
import { missingLibraries } from '../../scripts/lib/system-libraries.mjs'

describe('the system libraries', () => {
  it('are missing where ldd did not find them', () => {
    const report = [
      '\tlinux-vdso.so.1 (0x00007ffd)',
      '\tlibgtk-3.so.0 => not found',
      '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)',
      '\tlibnss3.so => not found',
      '',
    ].join('\n')
    expect(missingLibraries(report)).toEqual(['libgtk-3.so.0', 'libnss3.so'])
  })
})

describe('the display', () => {
  it.runIf(process.platform === 'linux')('is X11 or Wayland on Linux', () => {
    expect(hasDisplay({})).toBe(false)
    expect(hasDisplay({ DISPLAY: ':0' })).toBe(true)
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
  })
})

describe("Chromium's sandbox", () => {
  it('is disabled only where it cannot work', () => {
    const ordinary = { root: false, helperReady: false, namespacesRefused: false }
    expect(sandboxObstacle(ordinary)).toBeUndefined()
    expect(sandboxObstacle({ ...ordinary, namespacesRefused: true, helperReady: true })).toBeUndefined()
    expect(sandboxObstacle({ ...ordinary, namespacesRefused: true })).toMatch(/user namespaces/)
    expect(sandboxObstacle({ ...ordinary, root: true })).toMatch(/root/)
  })
})
