import { join } from 'node:path'
import { createSender } from '@lossline/journal'
import { openTemporaryDirectory, spawnScript } from '@lossline/testing'
import { expect, test } from 'vitest'
import { createRandom } from '../src/domain/importance/random.ts'
import { startServer } from '../src/index.ts'
import { expectAll, openLogger } from './chance-run.ts'

const given = process.env.LOSSLINE_SEED
const seeds = given === undefined ? [11, 12] : [Number(given)]

test.each(seeds)(
  'senders that are killed anywhere, seed %i: every version is there, and once',
  {
    timeout: 120_000,
  },
  async (seed) => {
    await using directory = await openTemporaryDirectory()
    const server = await startServer({ dataDirectory: directory.join('server'), port: 0, watch: [], log: () => {} })
    try {
      const runDirectory = directory.join('.lossline', 'runs', 'run-20261125_000000-faults')
      const journalPath = join(runDirectory, 'run-faults.wandb')
      const { logged, logSome, finish } = await openLogger(runDirectory, seed)
      const random = createRandom(seed)
      const script = new URL('./scripts/send-run.ts', import.meta.url)
      for (let round = 0; round < 4; round += 1) {
        for (let portion = 0; portion < 10; portion += 1) logSome()
        await using child = spawnScript(script, { args: [runDirectory, journalPath, server.url] })
        await child.waitForOutput('sending')
        await new Promise((resolve) => setTimeout(resolve, random() * 400))
        child.send('SIGKILL')
        expect(await child.exited).toMatchObject({ signal: 'SIGKILL' })
      }
      await finish()
      const report = await createSender({
        runDirectory,
        journalPath,
        target: { baseUrl: server.url },
        follow: false,
      }).run()
      expect(report).toMatchObject({ isExitSent: true, problems: {}, failures: [] })
      await expectAll(server.url, logged)
    } finally {
      await server.close()
    }
  },
)
