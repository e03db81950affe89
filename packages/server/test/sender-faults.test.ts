import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createSender } from '@lossline/journal'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { createRandom } from '../src/domain/importance/random.ts'
import { startServer } from '../src/index.ts'
import { expectAll, openLogger } from './chance-run.ts'
import { createFaultyFetch } from './faulty-fetch.ts'

const given = process.env.LOSSLINE_SEED
// The names of the tests hold the seeds; LOSSLINE_SEED gives another one.
const seeds = given === undefined ? [1, 2, 3] : [Number(given)]

/** Waits are a thousandth of what they would be; limits of time stay. */
const quickClock = {
  now: () => Date.now(),
  setTimeout: (callback: () => void, delayMs: number) =>
    setTimeout(callback, delayMs >= 30_000 && delayMs % 1000 === 0 ? delayMs : delayMs / 1000),
  clearTimeout: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
}

// They mostly wait, so they do it together.
test.concurrent.each(seeds)(
  'over a bad network and with senders that go away, seed %i: all that was logged, once',
  {
    timeout: 120_000,
  },
  async (seed) => {
    await using directory = await openTemporaryDirectory()
    const server = await startServer({ dataDirectory: directory.join('server'), port: 0, watch: [], log: () => {} })
    try {
      const runDirectory = directory.join('.lossline', 'runs', 'run-20261125_000000-faults')
      const { logged, logSome, finish } = await openLogger(runDirectory, seed)
      const network = createFaultyFetch(seed, 30)
      const random = createRandom(seed ^ 0xbad)
      const open = () =>
        createSender({
          runDirectory,
          journalPath: join(runDirectory, 'run-faults.wandb'),
          target: { baseUrl: server.url, fetch: network.fetch, transmitIntervalMs: 0 },
          follow: true,
          clock: quickClock,
        })
      for (let round = 0; round < 6; round += 1) {
        const sender = open()
        const running = sender.run()
        for (let portion = 0; portion < 4; portion += 1) {
          logSome()
          await delay(random() * 40)
        }
        // In the middle of whatever it does.
        await sender.close()
        await running
      }
      await finish()
      const report = await open().run()
      await network.settled()
      expect(report).toMatchObject({
        isExitSent: true,
        problems: {},
        failures: [],
        historyRowCount: logged.rows.length,
      })
      expect(report.unsent).toMatchObject({ rowCount: 0, fileCount: 0, artifactCount: 0 })
      await expectAll(server.url, logged)
      expect([...network.counts.keys()].length).toBeGreaterThan(8)
    } finally {
      await server.close()
    }
  },
)
