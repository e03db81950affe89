// A program that asks the server of a data folder, one question for each line that its argument lists, and says who answered.
import { writeSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { init } from '@lossline/core'
import { connect } from '../../src/node/server/connect.ts'

const [dataDirectory = '', ...orders] = process.argv.slice(2)
const query = '{ project(name: "demo", entityName: "local") { runCount } }'
const connection = await connect({ kind: 'local', dataDirectory })

for (const order of orders) {
  if (order === 'ask') {
    const { project } = await connection.graphql('', query, {})
    const { runCount = 0 } = (project ?? {}) as { runCount?: number }
    writeSync(1, `${runCount} runs, says ${connection.baseUrl}\n`)
  } else if (order === 'run') {
    const run = await init({ project: 'demo', mode: 'local', dataDir: dataDirectory, console: 'off', silent: true })
    run.log({ loss: 1 })
    await run.finish()
  } else if (order === 'wait-for-input') {
    writeSync(1, 'waiting\n')
    await setTimeout(60_000)
  } else if (order === 'block') {
    writeSync(1, 'blocking\n')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)
  } else if (order === 'exit') process.exit(3)
}
