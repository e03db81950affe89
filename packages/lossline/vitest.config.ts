import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    name: 'lossline',
    // Nearly every test starts processes, on machines that are busy with others.
    testTimeout: 90_000,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // `npm test` sets it: loading modules anew for each file takes longer than most files do.
    isolate: process.env.LOSSLINE_SHARED_MODULES !== 'true',
    setupFiles: ['../testing/test/shared-modules-setup.ts'],
    // Workers and child processes of the code under test load its TypeScript source too.
    execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
  },
})
