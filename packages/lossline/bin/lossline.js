#!/usr/bin/env node
// In git, so that package managers can link the command before the package is built.
import { existsSync } from 'node:fs'

const main = new URL('../dist/cli/main.js', import.meta.url)
if (existsSync(main)) {
  await import(main.href)
} else {
  console.error('lossline: the command is not built yet. Build it with: npm run build')
  process.exitCode = 1
}
