// Logs a row and artifacts that are not there, against the server that LOSSLINE_BASE_URL names, and ends when a file `go` appears.
import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { init } from '@lossline/core'

const run = await init({ project: 'online', id: 'named', apiKey: 'k'.repeat(40) })
run.log({ loss: 1 })
run.logArtifact('nope')
run.logArtifact('nothing/here')
while (!existsSync('go')) await setTimeout(20)
await run.finish()
