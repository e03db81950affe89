import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    name: 'transformers',
    // Files share their modules: transformers.js and TensorFlow.js take seconds to load.
    isolate: false,
    testTimeout: 60_000,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['../testing/src/property-setup.ts'],
    execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
  },
})
