import type { TableColumnsResponse, TableWindowResponse } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { logArtifact } from './artifact-client.ts'
import { uploadRunFile } from './run-file-client.ts'
import { openTestServer, type TestServer } from './test-server.ts'

const columns = ['id', 'score', 'label']
const rows = [
  [1, 0.5, 'cat'],
  [2, null, 'dog'],
  [3, 0.25, 'cat'],
]

/** Runs that have logged a table of their own as a file. */
async function openWithTables(tables: Readonly<Record<string, string>>): Promise<TestServer> {
  const test = await openTestServer()
  for (const [runId, text] of Object.entries(tables)) {
    await test.upsert(runId)
    await uploadRunFile(test, runId, 'media/table/t.table.json', text)
    const value = { _type: 'table-file', path: 'media/table/t.table.json', nrows: 3, ncols: 3 }
    await test.stream(runId, {
      files: { 'wandb-history.jsonl': { offset: 0, content: [JSON.stringify({ _step: 7, t: value })] } },
    })
  }
  return test
}

const tableText = (data: readonly unknown[]): string => JSON.stringify({ columns, data })
const place = (runId: string, step?: number) => ({
  kind: 'run',
  entity: 'local',
  project: 'demo',
  runId,
  key: 't',
  ...(step !== undefined && { step }),
})

async function ask<Answer>(test: TestServer, path: string, body: object): Promise<Answer> {
  const response = await test.request(`/api/tables/${path}`, { method: 'POST', body: JSON.stringify(body) })
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as Answer
}

test('rows are filtered, sorted and grouped, and columns described, by the server', async () => {
  await using test = await openWithTables({ r1: tableText(rows) })
  const tables = [place('r1', 9)]
  const found = await ask<TableWindowResponse>(test, 'rows', {
    tables,
    filter: 'label = cat',
    sort: [{ column: 'score', isDescending: false }],
  })
  expect(found).toEqual({
    columns: [
      { name: 'id', type: 'number' },
      { name: 'score', type: 'number' },
      { name: 'label', type: 'string' },
    ],
    rowCount: 2,
    tableRowCount: 3,
    loggedRowCount: 3,
    isComplete: true,
    // Step 9 was asked for, and step 7 is what there is.
    steps: [7],
    rows: [
      { index: 2, cells: [3, 0.25, 'cat'] },
      { index: 0, cells: [1, 0.5, 'cat'] },
    ],
  })
  const grouped = await ask<TableWindowResponse>(test, 'rows', { tables, group: ['label'] })
  expect(grouped.rows.map(({ count, cells }) => [count, cells[2]])).toEqual([
    [2, 'cat'],
    [1, 'dog'],
  ])
  expect(grouped.rows[0]!.cells[1]).toMatchObject({ kind: 'group', numbers: { count: 2, mean: 0.375 } })
  const described = await ask<TableColumnsResponse>(test, 'columns', { tables, binCount: 2 })
  expect(described.columns[1]).toMatchObject({ name: 'score', missingCount: 1, histogram: { counts: [1, 1] } })
  expect(described.columns[2]).toMatchObject({ values: { distinctCount: 2, top: [{ text: 'cat', count: 2 }, {}] } })
})

test('NaN, infinities and gaps stay apart: artifacts have null for NaN, and the copies of the run tell', async () => {
  await using test = await openTestServer()
  await test.upsert('r1')
  const head = '"columns":["id","score","note"],"column_types":{"wb_type":"typedDict","params":{"type_map":{}}}'
  await logArtifact(test, {
    name: 'run-r1-t',
    type: 'run_table',
    files: {
      't.table.json': `{${head},"data":[[1,null,null],[2,null,"a"],[3,-Infinity,"b"],[4,0.5,"c"],[5,Infinity,"d"]]}`,
      '0.t.table.json': `{"columns":["score"],"data":[[null],[1]]}`,
      '1.t.table.json': `{"columns":["score"],"data":[[null],[null]]}`,
    },
    input: { clientID: 'client-1' },
  })
  const uri = (path: string) => `wandb-client-artifact://client-1/${path}`
  const copies = {
    't.json': `{"columns":["id","score","note"],"data":[[1,NaN,null],[2,null,"a"],[3,-Infinity,"b"],[4,0.5,"c"]]}`,
    'first.json': `{"columns":["score"],"data":[[NaN],[1]]}`,
    'second.json': `{"columns":["score"],"data":[[null],[NaN]]}`,
    'other.json': `{"columns":["other"],"data":[[NaN],[NaN]]}`,
  }
  for (const [name, text] of Object.entries(copies)) await uploadRunFile(test, 'r1', name, text)
  const lines = [
    { _step: 0, grown: { _type: 'incremental-table-file', path: 'first.json', artifact_path: uri('0.t.table.json') } },
    {
      _step: 7,
      t: { _type: 'table-file', path: 't.json', artifact_path: uri('t.table.json') },
      wrong: { _type: 'table-file', path: 'other.json', artifact_path: uri('0.t.table.json') },
      grown: {
        _type: 'incremental-table-file',
        path: 'second.json',
        artifact_path: uri('1.t.table.json'),
        previous_increments_paths: [uri('0.t.table.json')],
      },
    },
  ]
  await test.stream('r1', {
    files: { 'wandb-history.jsonl': { offset: 0, content: lines.map((l) => JSON.stringify(l)) } },
  })

  const tables = [place('r1')]
  const number = (text: string) => ({ kind: 'number', text })
  const scores = async (request: object): Promise<unknown[]> =>
    (await ask<TableWindowResponse>(test, 'rows', { tables, ...request })).rows.map(({ cells }) => cells[1])
  const sorted = (isDescending: boolean) => scores({ sort: [{ column: 'score', isDescending }] })
  expect(await sorted(false)).toEqual([number('-Infinity'), 0.5, number('Infinity'), number('NaN'), null])
  expect(await sorted(true)).toEqual([number('Infinity'), 0.5, number('-Infinity'), number('NaN'), null])
  expect(await scores({ filter: 'score = NaN' })).toEqual([number('NaN')])
  expect(await scores({ filter: 'score = null' })).toEqual([null])
  const described = await ask<TableColumnsResponse>(test, 'columns', { tables })
  expect(described.columns[1]).toMatchObject({ missingCount: 1, numbers: { count: 1, nanCount: 1, infiniteCount: 2 } })
  const grouped = await ask<TableWindowResponse>(test, 'rows', { tables, group: ['score'], search: '' })
  expect(grouped.rowCount).toBe(5)
  const beside = await ask<TableWindowResponse>(test, 'rows', {
    tables: [place('r1'), { ...place('r1'), key: 'grown' }],
    combine: { kind: 'compare', key: 'score' },
  })
  expect(beside.rows.map(({ cells }) => cells[0])).toContainEqual(number('NaN'))
  const saved = async (format: string) => {
    const query = new URLSearchParams({ selection: JSON.stringify({ tables }), format, columns: '["score"]' })
    return (await test.request(`/api/tables/export?${query}`)).text()
  }
  expect(await saved('csv')).toBe('score\r\nNaN\r\n\r\n-Infinity\r\n0.5\r\nInfinity\r\n')
  expect(JSON.parse(await saved('json')).map((row: object) => Object.values(row)[0])).toEqual([
    'NaN',
    null,
    '-Infinity',
    0.5,
    'Infinity',
  ])
  const cellsOf = async (key: string): Promise<unknown[]> => {
    const found = await ask<TableWindowResponse>(test, 'rows', { tables: [{ ...place('r1'), key }] })
    return found.rows.map(({ cells }) => cells[0])
  }
  // Each increment has a copy of its own; a copy of something else counts for nothing.
  expect(await cellsOf('grown')).toEqual([number('NaN'), 1, null, number('NaN')])
  expect(await cellsOf('wrong')).toEqual([null, 1])
})

test('a group shows the pictures of its rows, not the names of their files', async () => {
  const picture = (name: string) => ({ _type: 'image-file', path: `media/images/${name}.png`, width: 8, height: 4 })
  const data = [
    [1, picture('aa11'), 'cat'],
    [2, picture('bb22'), 'cat'],
    [3, { note: 'no picture' }, 'dog'],
  ]
  await using test = await openWithTables({ r1: tableText(data) })
  const found = await ask<TableWindowResponse>(test, 'rows', { tables: [place('r1')], group: ['label'] })
  const url = (name: string) => `/api/runs/local/demo/r1/file?name=${encodeURIComponent(`media/images/${name}.png`)}`
  expect(found.rows.map(({ cells }) => cells[1])).toMatchObject([
    {
      values: {
        distinctCount: 2,
        top: [
          { text: 'aa11.png', count: 1, image: { url: url('aa11'), width: 8, height: 4 } },
          { text: 'bb22.png', count: 1, image: { url: url('bb22') } },
        ],
      },
    },
    { values: { top: [{ count: 1 }] } },
  ])
  const [, dogs] = found.rows
  expect(JSON.stringify(dogs?.cells[1])).not.toMatch(/image|row|cell/)
})

test('tables of several runs are put behind each other and side by side', async () => {
  await using test = await openWithTables({ r1: tableText(rows), r2: tableText([[3, 0.75, 'cat']]) })
  const tables = [place('r1'), place('r2')]
  const behind = await ask<TableWindowResponse>(test, 'rows', {
    tables,
    combine: { kind: 'concat', column: 'Run', labels: ['one', 'two'] },
    filter: 'id = 3',
  })
  expect(behind.rows.map(({ cells }) => cells)).toEqual([
    ['one', 3, 0.25, 'cat'],
    ['two', 3, 0.75, 'cat'],
  ])
  const beside = await ask<TableWindowResponse>(test, 'rows', { tables, combine: { kind: 'compare', key: 'id' } })
  expect(beside.columns.map(({ name, source = null }) => [name, source])).toEqual([
    ['id', null],
    ['score', 0],
    ['score (2)', 1],
    ['label', 0],
    ['label (2)', 1],
  ])
  await expect(ask(test, 'rows', { tables })).rejects.toThrow('400')
})

test('all rows are saved as CSV and JSON', async () => {
  const many = Array.from({ length: 5000 }, (_, index) => [index, index / 7, 'x'])
  await using test = await openWithTables({ r1: tableText(many) })
  const selection = JSON.stringify({ tables: [place('r1')], filter: 'id >= 10' })
  const csv = await test.request(`/api/tables/export?${new URLSearchParams({ selection, name: "ä b'(1)*" })}`)
  expect(csv.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''%C3%A4%20b%27%281%29%2a.csv")
  const lines = (await csv.text()).split('\r\n')
  expect([lines.length, lines[0], lines[1]]).toEqual([4992, 'id,score,label', `10,${10 / 7},x`])
  const query = new URLSearchParams({ selection, format: 'json', columns: '["score","id"]' })
  const json = await (await test.request(`/api/tables/export?${query}`)).json()
  expect(json).toEqual(many.slice(10).map(([id, score]) => ({ score, id })))
})

test.each([
  ['ragged', '{"columns":["a","b"],"data":[[1,2],[3]]}', 'row 2 has 1 cells, and there are 2 columns'],
  ['cut off', '{"columns":["a"],"data":[[1],[2', 'it ends in the middle, after 1 rows'],
  ['no table', '{"columns":7,"data":[]}', 'columns is no list'],
])('a file that is %s says why it is not shown', async (_, text, reason) => {
  await using test = await openWithTables({ r1: text })
  await expect(
    ask(test, 'rows', { tables: [place('r1')], sort: [{ column: 'a', isDescending: true }] }),
  ).rejects.toThrow(`\\"media/table/t.table.json\\" cannot be read as a table: ${reason}`)
})

test('a file of a run is asked as it is, whatever was logged', async () => {
  await using test = await openWithTables({ r1: tableText(rows) })
  const file = (name: string) => [{ kind: 'run-file', entity: 'local', project: 'demo', runId: 'r1', name }]
  const found = await ask<TableWindowResponse>(test, 'rows', { tables: file('media/table/t.table.json') })
  expect(found).toMatchObject({ rowCount: 3, steps: [null] })
  for (const name of ['../r1/media/table/t.table.json', 'media/table/../table/t.table.json', 'none', '/etc/passwd']) {
    await expect(ask(test, 'rows', { tables: file(name) })).rejects.toThrow(/^404/)
  }
})

test('what leads out of a version is no file of it', async () => {
  await using test = await openTestServer()
  await test.upsert('r1')
  await logArtifact(test, { name: 'a', type: 'dataset', files: { 't.table.json': tableText(rows) } })
  for (const path of [
    '../t.table.json',
    '/etc/passwd',
    't.table.json/../t.table.json',
    '%2e%2e/x',
    't.table.json\u0000',
  ]) {
    await expect(ask(test, 'rows', { tables: [{ kind: 'version', artifactId: 1, path }] })).rejects.toThrow(/^404/)
  }
  const found = await ask<TableWindowResponse>(test, 'rows', {
    tables: [{ kind: 'version', artifactId: 1, path: 't.table.json' }],
  })
  expect(found.rowCount).toBe(3)
})

test('a long text is cut in a window, and whole where it is asked for', async () => {
  const text = 'x'.repeat(100_000)
  await using test = await openWithTables({ r1: tableText([[1, 2, text]]) })
  const cut = await ask<TableWindowResponse>(test, 'rows', { tables: [place('r1')] })
  expect(cut.rows[0]!.cells[2]).toEqual({ kind: 'cut', text: text.slice(0, 500) })
  const whole = await ask<TableWindowResponse>(test, 'rows', { tables: [place('r1')], textLengthMax: 200_000 })
  expect(whole.rows[0]!.cells[2]).toBe(text)
})
