import { setTimeout } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { readJournal } from '../../src/index.ts'
import { openRunWriterInternally } from '../../src/writer/open-run-writer.ts'

test('system metrics go on when the worker is lost, and end with the run', async () => {
  await using directory = await openTemporaryDirectory()
  let worker: Worker | undefined
  const writer = openRunWriterInternally({
    runDirectory: directory.join('run'),
    run: { runId: 'a', project: 'p', startTime: { seconds: Math.floor(Date.now() / 1000) } },
    producer: 'test',
    systemMetrics: { intervalMs: 100, diskPaths: [] },
    onWorker: (started) => {
      worker = started
    },
  })
  const countSamples = async (): Promise<number> =>
    (await readJournal(writer.journalPath)).records.filter(({ kind }) => kind === 'stats').length
  const untilMoreThan = async (count: number): Promise<void> => {
    while ((await countSamples()) <= count) await setTimeout(20)
  }
  await writer.flush()
  await untilMoreThan(1)
  await worker?.terminate()
  await untilMoreThan((await countSamples()) + 2)
  const { problems } = await writer.finish({ exitCode: 0 })
  expect(problems).toMatchObject([{ reason: 'worker-lost' }])
  const { records, damage } = await readJournal(writer.journalPath)
  expect(records.at(-1)?.kind).toBe('exit')
  expect(damage).toEqual([])
})
