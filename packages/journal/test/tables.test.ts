import { join } from 'node:path'
import { type ColumnType, columnTypes, type HistoryItem, parseJson, pathOf } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { type MediaSnapshot, readJournal, type TableSnapshot } from '../src/index.ts'
import { createTableWriter } from '../src/tables/table-writer.ts'
import { openRunWriterInternally } from '../src/writer/open-run-writer.ts'

const table: TableSnapshot = {
  kind: 'table',
  columns: [
    { name: 'n', type: columnTypes.number, cells: { kind: 'numbers', values: Float64Array.of(1, 2), isFloat: false } },
  ],
  rowCount: 2,
  totalRowCount: 2,
  logMode: 'IMMUTABLE',
  clientId: 'c'.repeat(128),
  sequenceClientId: 's'.repeat(128),
}

function valuesOf(items: readonly HistoryItem[] = []): Record<string, unknown> {
  return Object.fromEntries(
    items
      .map((item) => [pathOf(item).join('|'), parseJson(item.valueJson ?? '')])
      .filter(([key]) => String(key).startsWith('t|')),
  )
}

test('a table is repeated also when the worker that wrote it has been lost', async () => {
  await using folder = await openTemporaryDirectory()
  let end: () => Promise<unknown> = async () => {}
  const writer = openRunWriterInternally({
    runDirectory: join(folder.path, 'runs', 'run-1'),
    run: { runId: 'run-1', project: 'p', startTime: { seconds: 1 } },
    producer: 'test',
    onWorker: (worker) => {
      end = () => worker.terminate()
    },
  })
  writer.logRow({ items: [{ path: ['t'], media: table }] })
  await writer.flush()
  await end()
  writer.logRow({ items: [{ path: ['t'], media: { kind: 'table-repeat', clientId: table.clientId } }] })
  writer.logRow({ items: [{ path: ['t'], media: { kind: 'table-repeat', clientId: 'unknown' } }] })
  const { droppedMediaCount, problems } = await writer.finish({ exitCode: 0 })
  const { records } = await readJournal(writer.journalPath)
  const rows = records.flatMap((record) => (record.kind === 'history' ? [valuesOf(record.history.item)] : []))
  expect(rows).toHaveLength(3)
  expect(rows[0]).toMatchObject({ 't|_type': 'table-file', 't|nrows': 2 })
  expect(rows[1]).toEqual(rows[0])
  // A version that never was written is left out, and said.
  expect(rows[2]).toEqual({})
  expect(droppedMediaCount).toBe(1)
  expect(problems.map(({ reason }) => reason)).toEqual(['worker-lost', 'media-failed'])
})

test('a cell whose file cannot be read is null, counted and said; the table is kept', async () => {
  await using folder = await openTemporaryDirectory()
  const writer = openRunWriterInternally({
    runDirectory: join(folder.path, 'runs', 'run-1'),
    run: { runId: 'run-1', project: 'p', startTime: { seconds: 1 } },
    producer: 'test',
  })
  const columnType: ColumnType = { kind: 'named', name: 'html-file' }
  const media: MediaSnapshot = {
    kind: 'html',
    content: { kind: 'file', path: folder.join('none.html') },
    extension: '.html',
  }
  const cells = { kind: 'values', values: [{ columnType, className: 'Html', media }, null] } as const
  const columns = [...table.columns, { name: 'page', type: columnType, cells }]
  writer.logRow({ items: [{ path: ['t'], media: { ...table, columns } }] })
  const { droppedMediaCount, problems } = await writer.finish({ exitCode: 0 })
  expect(droppedMediaCount).toBe(1)
  expect(problems).toMatchObject([
    {
      reason: 'media-failed',
      message: expect.stringMatching(/^A cell of column "page" was left out of the table "t": ENOENT/),
    },
  ])
  const { records } = await readJournal(writer.journalPath)
  const rows = records.flatMap((record) => (record.kind === 'history' ? [valuesOf(record.history.item)] : []))
  expect(rows[0]).toMatchObject({ 't|nrows': 2, 't|ncols': 2 })
})

test('what a table was before it changed is forgotten, and what it is now is repeated', async () => {
  await using folder = await openTemporaryDirectory()
  const tables = createTableWriter({
    runDirectory: join(folder.path, 'runs', 'run-1'),
    run: { runId: 'run-1', project: 'p', entity: undefined },
    onWork() {},
    takeRoom() {},
  })
  const place = { key: 't', step: 0 } as const
  const next = { ...table, clientId: 'd'.repeat(128), supersededClientId: table.clientId }
  tables.write(table, place)
  const { value } = tables.write(next, place)
  expect(tables.write({ kind: 'table-repeat', clientId: next.clientId }, place)).toEqual({ value, records: [] })
  expect(() => tables.write({ kind: 'table-repeat', clientId: table.clientId }, place)).toThrow('logged before')
})
