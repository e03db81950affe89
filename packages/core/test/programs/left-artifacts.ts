// Logs a row and artifacts whose contents vanish, against the server that LOSSLINE_BASE_URL names, and ends when a file `go`
// appears.
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { init } from '@lossline/core'

const run = await init({ project: 'online', id: 'named', apiKey: 'k'.repeat(40) })
run.log({ loss: 1 })
for (const name of ['nope', 'gone']) {
  // Too much to be read at once: a thread looks for it later.
  writeFileSync(name, Buffer.alloc(2 ** 20))
  run.logArtifact(name)
  rmSync(name)
}
while (!existsSync('go')) await setTimeout(20)
await run.finish()
