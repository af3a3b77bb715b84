import { defineConfig } from 'vite'

/** The benches and the programs they measure, bundled like the command line, so that the shipped code is measured. */
export default defineConfig({
  ssr: { noExternal: true, external: ['zeromq', 'libsql', '@playwright/test'] },
  build: {
    ssr: true,
    outDir: 'out/bench',
    target: 'node20',
    sourcemap: false,
    rolldownOptions: {
      // hdr-histogram-js contains an eval that never runs here.
      checks: { eval: false },
      input: {
        main: 'bench/src/main.ts',
        'engine-client': 'bench/src/programs/engine-client.ts',
        'wire-client': 'bench/src/programs/wire-client.ts',
        'zeromq-client': 'bench/src/programs/zeromq-client.ts',
        'engine-server': 'bench/src/programs/engine-server.ts',
        'zeromq-server': 'bench/src/programs/zeromq-server.ts',
        streaming: 'bench/src/programs/streaming.ts',
        'zmtp-source': 'bench/src/programs/zmtp-source.ts',
        'zmtp-sink': 'bench/src/programs/zmtp-sink.ts',
        find: 'bench/src/programs/find.ts',
        'log-rates': 'bench/src/programs/log-rates.ts',
        'event-delivery': 'bench/src/programs/event-delivery.ts',
        'app-repeat': 'bench/src/programs/app-repeat.ts',
        'stream-window': 'bench/src/programs/stream-window.ts',
        plot: 'bench/src/programs/plot.ts',
        'first-window': 'bench/src/programs/first-window.ts',
        'idle-window': 'bench/src/programs/idle-window.ts',
        'held-up': 'bench/src/programs/held-up.ts',
        'log-worker': 'src/engine/transcript/worker.ts',
      },
      // Shared chunks are next to the entries, so that the log finds its worker from any chunk.
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
