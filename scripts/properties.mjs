// `npm run properties`: property tests, and those that break something at moments of chance, with seeds that nobody had before and
// many more examples than in `npm test`, which tries the same ones each time. Ends at the first round with a failure.
//
//     --rounds N    so many seeds, 5 unless told otherwise
//     --seed N      the first of them; the next rounds count on from it
//     FILE…         these test files alone, and anything else that vitest takes after `--`
//
// LOSSLINE_EXAMPLES is how many times the usual number of examples are tried, 20 unless told otherwise. Properties that say
// themselves how many they try do that many in every round.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './lib/paths.mjs'
import { runInForeground } from './lib/processes.mjs'
import { createSeed, findPropertyTests } from './lib/property-tests.mjs'

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, seed: { type: 'string', default: String(createSeed()) } },
  allowPositionals: true,
})
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const files = positionals.length > 0 ? positionals : findPropertyTests()
const times = process.env.LOSSLINE_EXAMPLES ?? '20'
// Many examples take long; what hangs is seen by whoever started it.
const args = [vitest, 'run', '--root', root, '--testTimeout=3600000', ...files]

for (let round = 0; round < Number(values.rounds); round += 1) {
  const seed = String(Number(values.seed) + round)
  console.log(`Round ${round + 1} of ${values.rounds}: seed ${seed}, ${times} times as many examples.`)
  const env = { ...process.env, LOSSLINE_SEED: seed, LOSSLINE_EXAMPLES: times }
  process.exitCode = await runInForeground(process.execPath, args, env)
  if (process.exitCode === 0) continue
  console.log(`Once more: LOSSLINE_SEED=${seed} LOSSLINE_EXAMPLES=${times} npx vitest run FILE -t 'NAME OF THE TEST'`)
  break
}
