import { readdir, readFile, writeFile } from 'node:fs/promises'
import { parquetReadObjects } from 'hyparquet'
import { expect, test } from 'vitest'
import { exportHistory, exportRuns } from '../../src/index.ts'
import { openApiServer } from './api-server.ts'

test('rows of runs are exported, of one and of several, in each format', async () => {
  await using ours = await openApiServer()
  for (const id of ['one', 'two']) {
    await ours.logRun(
      { id, name: `name, of ${id}`, tags: ['a'], config: { lr: 0.1, net: { layers: [1, 2] } } },
      (run) => {
        for (let step = 0; step < 5; step += 1)
          run.log({ loss: step / 4, val: { acc: step }, ...(step === 3 ? { text: 'x' } : {}) })
        run.log({ loss: Number.NaN })
      },
    )
  }
  const run = await ours.api.run('one')
  const csvPath = ours.directory.join('out/history.csv')
  const report = await exportHistory(run, { path: csvPath })
  const csv = await readFile(csvPath, 'utf8')
  expect(report).toMatchObject({ format: 'csv', rowCount: 6, sizeBytes: Buffer.byteLength(csv) })
  expect(report.columns).toEqual(['_step', '_timestamp', '_runtime', 'loss', 'text', 'val.acc'])
  expect(csv.split('\r\n')[4]).toMatch(/^3,[\d.]+,[\d.e-]+,0.75,x,3$/)
  expect(csv.split('\r\n')[6]).toMatch(/^5,[\d.]+,[\d.e-]+,NaN,,$/)

  const parquetPath = ours.directory.join('history.parquet')
  await exportHistory(ours.api.runs('demo'), { path: parquetPath, keys: ['val.acc'] })
  const bytes = await readFile(parquetPath)
  const rows = await parquetReadObjects({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
  })
  expect(rows).toHaveLength(10)
  expect(rows[6]).toMatchObject({ run: 'local/demo/two', _step: 1n, 'val.acc': 1 })
  expect(Object.keys(rows[6] ?? {})).toEqual(['run', '_step', '_timestamp', '_runtime', 'val.acc'])

  const parts: Uint8Array[] = []
  await exportRuns(ours.api.runs('demo'), { format: 'jsonl', write: async (part) => void parts.push(part) })
  const lines = Buffer.concat(parts)
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatchObject({
    id: 'two',
    name: 'name, of two',
    state: 'finished',
    tags: ['a'],
    'config.lr': 0.1,
    'config.net.layers': [1, 2],
    'summary.val.acc': 4,
  })
})

test('a failed export leaves the file and nothing else', async () => {
  await using ours = await openApiServer()
  const path = ours.directory.join('runs.csv')
  await writeFile(path, 'before')
  await expect(exportRuns(ours.api.runs('nowhere'), { path })).rejects.toMatchObject({ code: 'not-found' })
  expect(await readFile(path, 'utf8')).toBe('before')
  expect((await readdir(ours.directory.path)).filter((name) => name.includes('part'))).toEqual([])
  await expect(exportRuns([], { path: ours.directory.join('x.xls') })).rejects.toMatchObject({ code: 'invalid-option' })
  await expect(exportRuns([], {})).rejects.toMatchObject({ code: 'invalid-option' })
})
