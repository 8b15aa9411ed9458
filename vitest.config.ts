import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      // Outside a React server bundle the package throws on import, on purpose.
      { find: 'server-only', replacement: here('./node_modules/server-only/empty.js') },
      { find: /^@\//, replacement: here('./') },
    ],
  },
  test: {
    environment: 'node',
    env: { LOG_LEVEL: 'error' },
    include: ['{app,chaos,client,components,scripts,server,shared}/**/*.test.{ts,tsx}'],
    // Half the time, measured: no test replaces modules, so there is nothing to keep apart.
    isolate: false,
    // Many wait for a database or a clock; left to itself, Vitest takes one worker for two cores.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
  },
})
