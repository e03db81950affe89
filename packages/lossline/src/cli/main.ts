#!/usr/bin/env node
// Only what any Node can load may be imported here: the rest needs the SQLite of a newer one.
import { checkNode } from './doctor/check-node.ts'
import { silenceSqliteWarning } from './quiet-sqlite.ts'

const node = checkNode(process.versions.node)
if (node.status === 'problem') {
  console.error(`lossline: Node ${node.detail}.\n  ${node.hint}`)
  process.exitCode = 1
} else {
  silenceSqliteWarning()
  const { runCli } = await import('./run-cli.ts')
  const { createProcessEffects } = await import('./process-effects.ts')
  process.exitCode = await runCli(process.argv.slice(2), createProcessEffects())
}
