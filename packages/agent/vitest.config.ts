import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    name: 'agent',
    // Properties are tried many times, on machines that are busy with others.
    testTimeout: 60_000,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // `npm test` sets it: loading modules anew for each file takes longer than most files do.
    isolate: process.env.LOSSLINE_SHARED_MODULES !== 'true',
    setupFiles: ['../testing/src/property-setup.ts', '../testing/test/shared-modules-setup.ts'],
    execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
  },
})
