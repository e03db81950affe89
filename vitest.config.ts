import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: ['packages/*', 'examples/*'],
    // Many tests start processes and threads of their own; more files at a time would only make them wait.
    maxWorkers: 2,
  },
})
