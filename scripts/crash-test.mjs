// `npm run crash-test`: a server is killed 200 times at random moments under load, and must then have all that it acknowledged.
//
//     --kills N  so many times instead
//     --seed N   at the moments of an earlier run
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './lib/paths.mjs'
import { runInForeground } from './lib/processes.mjs'
import { createSeed } from './lib/property-tests.mjs'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(createSeed()) },
  },
})
console.log(`The moments come from seed ${values.seed}.`)
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
process.exitCode = await runInForeground(
  process.execPath,
  [vitest, 'run', '--root', root, '--project', 'server', 'packages/server/test/crash.test.ts'],
  { ...process.env, LOSSLINE_KILLS: values.kills, LOSSLINE_SEED: values.seed },
)
