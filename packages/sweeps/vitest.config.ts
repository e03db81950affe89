import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    name: 'sweeps',
    // Properties are tried many times, on machines that are busy with others.
    testTimeout: 60_000,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
  },
})
