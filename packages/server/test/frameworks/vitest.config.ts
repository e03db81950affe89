import { defineConfig } from 'vitest/config'
import server from '../../vitest.config.ts'

// Not part of `npm test`: what it installs is large, and it takes minutes.
export default defineConfig({
  ...server,
  root: import.meta.dirname,
  test: { ...server.test, name: 'frameworks', include: ['*.check.ts'], testTimeout: 600_000 },
})
