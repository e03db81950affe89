import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    name: 'transformers',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
  },
})
