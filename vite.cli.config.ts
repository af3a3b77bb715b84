import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

/** The command line: one file for plain Node.js with everything in it but the native packages. */
export default defineConfig({
  plugins: [makeExecutable('index.js')],
  ssr: { noExternal: true, external: ['zeromq', 'libsql'] },
  build: {
    ssr: 'src/cli/index.ts',
    outDir: 'out/cli',
    target: 'node20',
    sourcemap: false,
    rolldownOptions: {
      // hdr-histogram-js holds an eval that never runs here: the command line does not export histograms.
      checks: { eval: false },
      output: {
        format: 'es',
        entryFileNames: 'index.js',
        chunkFileNames: '[name]-[hash].js',
        banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
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
