import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

/** The command line for plain Node.js, and its measuring process, with everything in them but the native packages. */
export default defineConfig({
  plugins: [makeExecutable('index.js')],
  // React checks for mistakes otherwise, which the report has no use for.
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  oxc: { jsx: { runtime: 'automatic', development: false } },
  ssr: { noExternal: true, external: ['zeromq', 'libsql'] },
  build: {
    ssr: true,
    outDir: 'out/cli',
    target: 'node20',
    sourcemap: false,
    rolldownOptions: {
      // hdr-histogram-js asks by eval for zlib, and takes pako where that fails, as it does in a module.
      checks: { eval: false },
      input: {
        index: 'src/cli/index.ts',
        'lab-process': 'src/cli/lab-process.ts',
        'lab-metronome': 'src/engine/lab/metronome-thread.ts',
        'lab-sender': 'src/engine/lab/sender-thread.ts',
      },
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        banner: (chunk) => (chunk.name === 'index' ? '#!/usr/bin/env node' : ''),
      },
    },
  },
})

function makeExecutable(file: string): Plugin {
  return {
    name: 'make-executable',
    async writeBundle({ dir = '' }) {
      await chmod(join(dir, file), 0o755)
    },
  }
}
