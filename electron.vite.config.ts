import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// The oldest runtime the app supports, Electron 33. Without these, the targets follow the electron package.
const node = 'node20'
const chrome = 'chrome130'

export default defineConfig({
  main: {
    // React checks for mistakes otherwise, which the report has no use for.
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: {
      target: node,
      sourcemap: false,
      rolldownOptions: {
        // hdr-histogram-js asks by eval for zlib, and takes pako where that fails, as it does in a module.
        checks: { eval: false },
        input: {
          index: 'src/main/index.ts',
          'engine-worker': 'src/engine/thread/worker.ts',
          'log-worker': 'src/engine/transcript/worker.ts',
          'schema-worker': 'src/engine/protobuf/schema-worker.ts',
          'encode-worker': 'src/main/encode-worker.ts',
          'report-worker': 'src/main/report-worker.ts',
          'lab-process': 'src/main/lab-process.ts',
          'lab-thread': 'src/main/lab-thread.ts',
          'lab-metronome': 'src/engine/lab/metronome-thread.ts',
          'lab-sender': 'src/engine/lab/sender-thread.ts',
        },
        // Shared chunks lie beside the entries, so that a URL relative to a module's own holds in all of them.
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          // What is loaded while the window starts comes in few files: 25 small ones take twice as long. Both groups
          // also serve threads, where nothing may import Electron.
          codeSplitting: {
            groups: [
              { name: 'start', test: /src[\\/]engine[\\/]files[\\/]json-file\.ts$/, priority: 2 },
              { name: 'kept-schemas', test: /src[\\/]shared[\\/](settings|workspace)-schema\.ts$/, priority: 1 },
            ],
          },
        },
      },
    },
  },
  preload: {
    build: {
      target: node,
      sourcemap: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        // A sandboxed preload script must be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      target: chrome,
      sourcemap: false,
      minify: true,
      // The page comes from the disk next to it, so the size to watch is what has to be parsed, not what is fetched.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        output: {
          // What the first paint needs comes in one piece: each request is a turn of the main process.
          codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] },
        },
      },
    },
  },
})
