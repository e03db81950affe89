import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    name: 'web',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // `npm test` sets it: loading modules anew for each file takes longer than most files do.
    isolate: process.env.LOSSLINE_SHARED_MODULES !== 'true',
    setupFiles: ['../testing/src/property-setup.ts', '../testing/test/shared-modules-setup.ts'],
    globalSetup: ['test/support/build-page.ts'],
    testTimeout: 60_000,
    // Workers and child processes of the code under test load its TypeScript source too.
    execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
  },
})
