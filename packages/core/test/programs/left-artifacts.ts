// Logs a row and artifacts whose files are not there, against the server that LOSSLINE_BASE_URL names, and ends when a file
// `go` appears.
import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { Artifact, init } from '@lossline/core'

const run = await init({ project: 'online', id: 'named', apiKey: 'k'.repeat(40) })
run.log({ loss: 1 })
for (const name of ['nope', 'nothing']) {
  const artifact = new Artifact(`run-named-${name}`, 'dataset')
  // Logged before it is known that it fails; the end of the run says so.
  artifact.addFile(name).catch(() => {})
  run.logArtifact(artifact)
}
while (!existsSync('go')) await setTimeout(20)
await run.finish()
