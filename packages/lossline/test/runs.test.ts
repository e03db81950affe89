import { readFile, stat } from 'node:fs/promises'
import { init } from '@lossline/core'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { runLossline } from './run-lossline.ts'

test('lossline runs lists, shows and exports the runs of a folder', { timeout: 120_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  for (const [index, id] of ['first', 'second'].entries()) {
    const options = {
      project: 'demo',
      id,
      name: `run ${id}`,
      mode: 'local',
      config: { lr: 0.1 * (index + 1) },
    } as const
    const run = await init({ ...options, dir: directory.path, reinit: 'createNew', console: 'off' })
    for (let step = 0; step < 3; step += 1) run.log({ loss: index + step, nan: Number.NaN })
    await run.finish()
  }
  const lossline = (...args: string[]) =>
    runLossline(['runs', ...args], { cwd: directory.path, env: { LOSSLINE_PROJECT: 'demo' } })

  const list = await lossline('list')
  expect(list).toMatchObject({ exitCode: 0, stderr: '' })
  expect(list.stdout).toMatch(/^first {2}finished .* 3 rows {2}run first\nsecond {2}finished .*run second\n$/)
  const best = await lossline('list', '--json', '--order', '-summary.loss', '--limit', '1')
  expect(JSON.parse(best.stdout)).toMatchObject({ path: 'local/demo/second', state: 'finished' })
  const filtered = await lossline('list', 'demo', '--json', '--filters', '{"config.lr": {"$lt": 0.15}}')
  expect(
    filtered.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).name),
  ).toEqual(['run first'])

  const shown = await lossline('show', 'second')
  expect(shown.stdout).toContain('lr = 0.2')
  expect(shown.stdout).toContain('loss = 3')
  const json = await lossline('show', 'demo/second', '--json')
  expect(JSON.parse(json.stdout)).toMatchObject({ config: { lr: 0.2 }, summary: { loss: 3, nan: 'NaN' } })

  const csv = await lossline('export', '--run', 'first', '--history', '--keys', 'loss,nan')
  expect(csv.stdout.split('\r\n')[0]).toBe('_step,_timestamp,_runtime,loss,nan')
  expect(csv.stdout.split('\r\n')[3]).toMatch(/^2,.*,2,NaN$/)
  const table = await lossline('export', '--output', 'runs.jsonl')
  expect(table.stdout).toBe('runs.jsonl: 2 rows, 21 columns.\n')
  expect((await readFile(directory.join('runs.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(2)
  await lossline('export', '--history', '--output', 'rows.parquet')
  expect((await stat(directory.join('rows.parquet'))).size).toBeGreaterThan(500)

  const missing = await lossline('show', 'third', '--json')
  expect(missing.exitCode).toBe(1)
  expect(JSON.parse(missing.stderr)).toMatchObject({ error: { code: 'not-found' } })
  const wrong = await lossline('list', '--filters', 'loss<1', '--json')
  expect(JSON.parse(wrong.stderr)).toMatchObject({ error: { code: 'invalid-filters' } })
})
