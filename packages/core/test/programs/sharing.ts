// One of several processes that write a run together: waits for a line on standard input before each row.
import { writeSync } from 'node:fs'
import { init } from '@lossline/core'

const [label = '', primary = 'true'] = process.argv.slice(2)
const run = await init({ project: 'demo', mode: 'shared', label, primary: primary === 'true', config: { [label]: 1 } })
writeSync(1, 'ready\n')
process.on('message', (order) => {
  if (order === 'log') {
    run.log({ [`loss-${label}`]: run.step, all: 1 })
    process.stdout.write(`hello of ${label}\n`)
    process.send?.('logged')
  } else {
    process.disconnect()
    void run.finish()
  }
})
