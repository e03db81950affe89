import { until } from '@lossline/testing'
import { expect, test } from 'vitest'
import { openApiServer } from './api/api-server.ts'

test('system metrics of a run arrive at a server as its events', async () => {
  await using ours = await openApiServer()
  await ours.logRun({ id: 'one', systemMetricsIntervalMs: 100 }, async (run) => {
    run.log({ loss: 1 })
    // While it goes on: the server hears of the run a moment after it has begun.
    const look = async () => (await ours.api.run('one')).systemMetrics()
    await until(async () => expect(await look()).toHaveProperty(['system.memory_percent']))
  })
  const run = await ours.api.run('one')
  expect(await run.systemMetrics()).toMatchObject({
    'system.cpu': expect.any(Number),
    'system.proc.memory.rssMB': expect.any(Number),
    'system.proc.node.heapUsedMB': expect.any(Number),
  })
  const rows = await run.history({ stream: 'system', keys: ['system.cpu'], samples: 1000 })
  expect(rows.length).toBeGreaterThan(2)
})
