import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    name: 'tfjs',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['../testing/src/property-setup.ts'],
    testTimeout: 60_000,
    // Workers and child processes of the code under test load its TypeScript source too.
    execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
  },
})
