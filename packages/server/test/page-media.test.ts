import { randomBytes } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateRawSync, deflateSync } from 'node:zlib'
import {
  type CustomChartsResponse,
  encodeNpz,
  encodePng,
  type HistogramsResponse,
  type HistoryRowsResponse,
  type MediaKeysResponse,
  type MediaValueResponse,
  type RunFilesResponse,
  type TableResponse,
} from '@lossline/protocol'
import { decodePng, openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { logArtifact } from './artifact-client.ts'
import { uploadRunFile } from './run-file-client.ts'
import { openTestServer, type TestServer } from './test-server.ts'

const run = '/api/runs/local/demo/r1'

async function openWithRun(): Promise<TestServer> {
  const test = await openTestServer()
  await test.upsert('r1')
  return test
}

/** Logs rows at steps of their own. */
async function logAt(test: TestServer, rows: Readonly<Record<number, object>>, offset = 0): Promise<void> {
  const content = Object.entries(rows).map(([step, row]) => JSON.stringify({ ...row, _step: Number(step) }))
  const response = await test.stream('r1', { files: { 'wandb-history.jsonl': { offset, content } } })
  expect(response.status).toBe(200)
}

const image = (path: string, more: object = {}) => ({ _type: 'image-file', path, width: 2, height: 1, ...more })
const png = encodePng(
  { width: 2, height: 1, channels: 3, data: Uint8Array.of(255, 0, 0, 0, 0, 255) },
  { deflate: (bytes) => deflateSync(bytes) },
)

const value = (test: TestServer, key: string, step?: number) =>
  test.get<MediaValueResponse>(
    `${run}/media/value?${new URLSearchParams({ key, ...(step === undefined ? {} : { step: `${step}` }) })}`,
  )

test('keys of media and texts come with their kinds and steps; numbers are none', async () => {
  await using test = await openWithRun()
  const histogram = { _type: 'histogram', values: [1, 2], bins: [0, 1, 2] }
  await logAt(test, {
    0: { loss: 1, note: 'text', _own: 'no text', infinite: 'Infinity', sample: image('a.png'), 'a.b': histogram },
    5: { sample: image('b.png'), nested: { sound: { _type: 'audio-file', path: 's.wav' } } },
    9: { loss: 2, later: [image('c.png'), image('d.png')], odd: { _type: 'unknown', x: 1 } },
  })
  const { keys } = await test.get<MediaKeysResponse>(`${run}/media`)
  expect(keys.map(({ key, kind, steps }) => [key, kind, steps])).toEqual([
    ['a\\.b', 'histogram', [0]],
    ['later', 'image', [9]],
    ['nested.sound', 'audio', [5]],
    ['note', 'text', [0]],
    ['sample', 'image', [0, 5]],
  ])
  await test.store.compact({ all: true })
  expect(await test.get(`${run}/media`)).toEqual({ keys, axes: ['loss'] })
})

test('steps of media lie on the axis of a metric that was logged with them', async () => {
  await using test = await openWithRun()
  await logAt(test, {
    0: { sample: image('a.png'), train: { epoch: 0.5 }, label: 'x' },
    3: { train: { epoch: 1 } },
    5: { sample: image('b.png') },
    8: { sample: image('c.png'), train: { epoch: 2 }, 'odd.name': 7, _own: 1 },
    9: { other: image('d.png'), train: { epoch: NaN }, loss: 1 },
  })
  const { keys, axes } = await test.get<MediaKeysResponse>(`${run}/media?axis=train.epoch`)
  expect(axes).toEqual(['loss', 'odd\\.name', 'train.epoch'])
  const values = Object.fromEntries(keys.map(({ key, axis }) => [key, axis?.values]))
  expect(values).toMatchObject({ sample: [0.5, null, 2], other: [null] })
  const none = await test.get<MediaKeysResponse>(`${run}/media?axis=never`)
  expect(none.keys.find(({ key }) => key === 'sample')?.axis).toEqual({ key: 'never', values: [null, null, null] })
})

test('a text comes whole, one in every row with steps chosen evenly, and a huge one says how long it is', async () => {
  await using test = await openWithRun()
  await logAt(test, Object.fromEntries(Array.from({ length: 6000 }, (_, step) => [step, { phase: `no. ${step}` }])))
  await logAt(test, { 6000: { long: 'x'.repeat(300_000), answer: '# head' } }, 6000)
  const { keys } = await test.get<MediaKeysResponse>(`${run}/media`)
  const phase = keys.find(({ key }) => key === 'phase')
  expect([phase?.stepCount, phase?.steps.length, phase?.steps[0], phase?.steps.at(-1)]).toEqual([6000, 5000, 0, 5999])
  expect((await value(test, 'answer')).value).toEqual({ kind: 'text', text: '# head', length: 6 })
  expect((await value(test, 'phase', 17)).value).toMatchObject({ text: 'no. 17' })
  const long = (await value(test, 'long')).value
  expect(long.kind === 'text' && [long.text.length, long.length]).toEqual([262_144, 300_000])
})

test('a value is that of the step, else of the one before it, never of a later one', async () => {
  await using test = await openWithRun()
  await logAt(test, { 10: { sample: image('a.png') }, 20: { sample: image('media/b c.png', { caption: 'second' }) } })
  const nameAt = async (step?: number) => {
    const found = await value(test, 'sample', step)
    return [found.step, found.value.kind === 'image' && found.value.items[0]!.name]
  }
  expect((await test.request(`${run}/media/value?key=sample&step=5`)).status).toBe(404)
  expect(await nameAt(19)).toEqual([10, 'a.png'])
  expect(await nameAt(20)).toEqual([20, 'b c.png'])
  expect(await nameAt()).toEqual([20, 'b c.png'])
  expect((await value(test, 'sample')).value).toEqual({
    kind: 'image',
    items: [
      {
        url: '/api/runs/local/demo/r1/file?name=media%2Fb+c.png',
        name: 'b c.png',
        caption: 'second',
        width: 2,
        height: 1,
      },
    ],
  })
  expect((await test.request(`${run}/media/value?key=none`)).status).toBe(404)
  expect((await test.request(`${run}/media/value`)).status).toBe(400)
})

test('lists of one class are taken apart again', async () => {
  await using test = await openWithRun()
  await logAt(test, {
    0: {
      images: {
        _type: 'images/separated',
        count: 2,
        width: 4,
        height: 3,
        filenames: ['x/1.png', 'x/2.png'],
        captions: ['one', null],
      },
      sounds: { _type: 'audio', count: 1, audio: [{ _type: 'audio-file', path: 'a/1.wav' }], captions: ['beep'] },
      packed: { _type: 'histogram', values: [3, 4], packedBins: { min: 1, size: 0.5, count: 2 } },
      // As W&B's client logs them: captions may be false, and file names complete or below a folder.
      films: {
        _type: 'videos',
        count: 1,
        videos: [{ _type: 'video-file', path: 'v/1.gif', caption: 'own' }],
        captions: false,
      },
      pages: { _type: 'html', count: 1, html: [{ _type: 'html-file', path: 'h/1.html' }] },
      water: { _type: 'molecule', count: 2, filenames: ['m/1.pdb', 'm/2.pdb'], captions: ['', 'b'] },
      points: {
        _type: 'object3D',
        count: 1,
        filenames: ['1.pts.json'],
        objects: [{ _type: 'object3D-file', path: 'media/object3D/1.pts.json' }],
      },
      mixed: [image('x.png'), { _type: 'html-file', path: 'y.html' }],
      counts: [
        { _type: 'histogram', values: [1], bins: [0, 1] },
        { _type: 'histogram', values: [2], bins: [0, 1] },
      ],
    },
  })
  const itemsOf = async (key: string) => {
    const { value: found } = await value(test, key)
    return 'items' in found
      ? [found.kind, ...found.items.map(({ url, caption }) => [url.split('=')[1], caption])]
      : found
  }
  expect(await itemsOf('films')).toEqual(['video', ['v%2F1.gif', 'own']])
  expect(await itemsOf('pages')).toEqual(['html', ['h%2F1.html', undefined]])
  expect(await itemsOf('water')).toEqual(['file', ['m%2F1.pdb', undefined], ['m%2F2.pdb', 'b']])
  expect(await itemsOf('points')).toEqual(['file', ['media%2Fobject3D%2F1.pts.json', undefined]])
  expect(await itemsOf('mixed')).toEqual(['file', ['x.png', undefined], ['y.html', undefined]])
  expect(await itemsOf('counts')).toEqual({ kind: 'histogram', counts: [1], edges: [0, 1] })
  expect((await value(test, 'images')).value).toMatchObject({
    kind: 'image',
    items: [
      { name: '1.png', caption: 'one', width: 4, height: 3 },
      { name: '2.png', width: 4, height: 3 },
    ],
  })
  expect((await value(test, 'sounds')).value).toMatchObject({
    kind: 'audio',
    items: [{ name: '1.wav', caption: 'beep' }],
  })
  expect((await value(test, 'packed')).value).toEqual({ kind: 'histogram', counts: [3, 4], edges: [1, 1.5, 2] })
})

test('media that only the summary has are of the last step', async () => {
  await using test = await openWithRun()
  await logAt(test, { 7: { sample: image('logged.png') }, 9: { loss: 1 } })
  const weights = { _type: 'histogram', values: [1, 2], bins: [0, 1, 2] }
  const summary = {
    sample: image('summary.png'),
    best: { 'of all': image('best.png') },
    weights,
    array: { _type: 'numpy.ndarray', min: 0, max: 1 },
    loss: 1,
  }
  await test.stream('r1', { files: { 'wandb-summary.json': { offset: 0, content: [JSON.stringify(summary)] } } })
  const { keys } = await test.get<MediaKeysResponse>(`${run}/media`)
  expect(keys.map(({ key, kind, steps }) => [key, kind, steps])).toEqual([
    ['best.of all', 'image', [9]],
    ['sample', 'image', [7]],
    ['weights', 'histogram', [9]],
  ])
  expect(await value(test, 'best.of all')).toMatchObject({ step: 9, value: { items: [{ name: 'best.png' }] } })
  expect(await value(test, 'sample')).toMatchObject({ step: 7, value: { items: [{ name: 'logged.png' }] } })
  const { steps } = await test.get<HistogramsResponse>(`${run}/media/histograms?key=weights`)
  expect(steps).toEqual([9])
})

test('histograms over steps share an axis, and lose no count', async () => {
  await using test = await openWithRun()
  const weights = (values: readonly number[], bins: readonly number[]) => ({ _type: 'histogram', values, bins })
  const rows: Record<number, object> = {}
  for (let step = 0; step < 300; step += 1) rows[step] = { weights: weights([1, 3], [-1, 0, 1]) }
  rows[300] = { weights: weights([8], [2, 2]), broken: weights([1, 2], [0]) }
  rows[301] = { weights: weights([64], [-1, 3]) }
  await logAt(test, rows)
  const found = await test.get<HistogramsResponse>(`${run}/media/histograms?key=weights`)
  expect([found.steps.length, found.steps[0], found.steps.at(-1)]).toEqual([128, 0, 301])
  expect([found.edges.length, found.edges[0], found.edges.at(-1)]).toEqual([65, -1, 3])
  const totals = found.counts.map((counts) => Math.round(counts.reduce((sum, count) => sum + count, 0)))
  expect(totals.every((total) => [4, 8, 64].includes(total))).toBe(true)
  expect(totals[0]).toBe(4)
  expect(found.counts.at(-1)).toEqual(new Array(64).fill(1))
  // A quarter of the axis each: one value below 0, three above, nothing higher.
  const quarters = [0, 16, 32, 48].map((from) => found.counts[0]!.slice(from, from + 16).reduce((a, b) => a + b))
  expect(quarters.map((sum) => Math.round(sum * 1e6) / 1e6)).toEqual([1, 3, 0, 0])
  expect((await test.request(`${run}/media/histograms?key=broken`)).status).toBe(404)
  expect((await test.request(`${run}/media/histograms?key=none`)).status).toBe(404)
})

test('boxes come as fractions with the names of their classes, masks as addresses', async () => {
  await using test = await openWithRun()
  const boxes = {
    box_data: [
      { position: { minX: 1, maxX: 2, minY: 0, maxY: 1 }, domain: 'pixel', class_id: 1, scores: { sure: 0.5 } },
      { position: { middle: [0.5, 0.5], width: 0.5, height: 1 }, class_id: 0, box_caption: 'a cat' },
      { position: {}, class_id: 3 },
    ],
    class_labels: { 0: 'cat', 1: 'dog' },
  }
  await uploadRunFile(test, 'r1', 'boxes.json', JSON.stringify(boxes))
  const labels = { sample_wandb_delimeter_truth: { type: 'mask/class_labels', value: { 0: 'sky' } } }
  await test.upsert('r1', { config: JSON.stringify({ _wandb: { value: { 'mask/class_labels': labels } } }) })
  await logAt(test, {
    0: {
      sample: image('a.png', {
        boxes: { guess: { _type: 'boxes2D', path: 'boxes.json' }, gone: { _type: 'boxes2D', path: 'gone.json' } },
        masks: { truth: { _type: 'mask', path: 'mask.png' } },
      }),
    },
  })
  expect((await value(test, 'sample')).value).toMatchObject({
    items: [
      {
        boxes: [
          {
            name: 'guess',
            boxes: [
              { left: 0.5, top: 0, width: 0.5, height: 1, classId: 1, label: 'dog', scores: { sure: 0.5 } },
              { left: 0.25, top: 0, width: 0.5, height: 1, classId: 0, label: 'a cat' },
            ],
          },
        ],
        masks: [{ name: 'truth', url: `${run}/file?name=mask.png`, labels: { 0: 'sky' } }],
      },
    ],
  })
})

const columnTypes = {
  wb_type: 'typedDict',
  params: {
    type_map: {
      image: { wb_type: 'image-file', params: {} },
      score: { wb_type: 'union', params: { allowed_types: [{ wb_type: 'none' }, { wb_type: 'number' }] } },
      at: { wb_type: 'timestamp' },
    },
  },
}

/** A table with pictures in an artifact, and its copy in the run's files. */
async function logTable(test: TestServer, rows: readonly (readonly unknown[])[]): Promise<void> {
  const table = { _type: 'table', columns: ['image', 'score', 'at'], data: rows, column_types: columnTypes }
  await logArtifact(test, {
    name: 'run-r1-predictions',
    type: 'run_table',
    files: { 'predictions.table.json': JSON.stringify(table), 'media/images/a.png': png },
    input: { clientID: 'client-1' },
  })
  await logAt(test, {
    3: {
      predictions: {
        _type: 'table-file',
        path: 'media/table/predictions.table.json',
        artifact_path: 'wandb-client-artifact://client-1/predictions.table.json',
        nrows: rows.length,
        ncols: 3,
      },
    },
  })
}

const tableOf = (test: TestServer, query: Record<string, string> = {}) =>
  test.get<TableResponse>(`${run}/table?${new URLSearchParams({ key: 'predictions', ...query })}`)

test('rows of a table come in pages, with addresses for their pictures', async () => {
  await using test = await openWithRun()
  const picture = image('media/images/a.png')
  await logTable(test, [
    [picture, 0.5, 1000],
    [null, null, null],
    [picture, -1, 2000],
  ])
  const page = await tableOf(test, { limit: '2' })
  expect(page).toMatchObject({
    step: 3,
    columns: [
      { name: 'image', type: 'image-file' },
      { name: 'score', type: 'number' },
      { name: 'at', type: 'timestamp' },
    ],
    rowCount: 3,
    loggedRowCount: 3,
  })
  expect(page.rows.map(({ cells }) => cells)).toEqual([
    [
      { kind: 'image', url: expect.stringContaining('/file?path='), name: 'a.png', width: 2, height: 1 },
      0.5,
      { kind: 'time', timeMs: 1000 },
    ],
    [null, null, null],
  ])
  const { url } = page.rows[0]!.cells[0] as { url: string }
  const picked = await test.request(url)
  expect(picked.headers.get('content-type')).toBe('image/png')
  expect(new Uint8Array(await picked.arrayBuffer())).toEqual(png)
  // The same file, asked for as one of the version.
  const [, version] = /artifacts\/(\d+)/.exec(url) ?? []
  const file = `/api/artifacts/${version}/table?path=predictions.table.json`
  expect((await test.get<TableResponse>(`${file}&limit=2`)).rows).toEqual(page.rows)
  expect((await test.request(`/api/artifacts/${version}/table?path=none`)).status).toBe(404)
  expect((await test.request(`/api/artifacts/${version}/table?path=media/images/a.png`)).status).toBe(400)
  expect((await tableOf(test, { offset: '2' })).rows.map(({ index }) => index)).toEqual([2])
  expect((await tableOf(test, { offset: '9' })).rows).toEqual([])
})

test('rows are sorted with missing values last both ways, and found by text', async () => {
  await using test = await openWithRun()
  await logTable(test, [
    [image('x.png', { caption: 'Zebra' }), 2, 1],
    [image('x.png', { caption: 'ape' }), null, 1],
    [image('x.png', { caption: 'ape' }), 10, 1],
  ])
  const order = async (query: Record<string, string>) => (await tableOf(test, query)).rows.map(({ index }) => index)
  expect(await order({ sort: 'score' })).toEqual([0, 2, 1])
  expect(await order({ sort: 'score', descending: 'true' })).toEqual([2, 0, 1])
  expect(await order({ sort: 'image' })).toEqual([1, 2, 0])
  expect(await order({ search: 'zebra' })).toEqual([0])
  expect(await order({ search: 'APE', sort: 'score', descending: 'true' })).toEqual([2, 1])
  expect((await tableOf(test, { search: 'ape' })).rowCount).toBe(2)
  expect((await test.request(`${run}/table?key=predictions&sort=none`)).status).toBe(400)
})

test('without its artifact the copy of the run is shown; increments come one after the other', async () => {
  await using test = await openWithRun()
  await uploadRunFile(test, 'r1', 'copy.table.json', '{"columns":["a"],"data":[[NaN],["NaN"],[{"k":[1]}]]}')
  await logArtifact(test, {
    name: 'increments',
    type: 'run_table',
    files: { '0.table.json': '{"columns":["a"],"data":[[1]]}', '1.table.json': '{"columns":["a"],"data":[[2],[3]]}' },
    input: { clientID: 'client-2' },
  })
  const uri = (path: string) => `wandb-client-artifact://client-2/${path}`
  await logAt(test, {
    0: {
      predictions: { _type: 'table-file', path: 'copy.table.json', artifact_path: 'wandb-client-artifact://gone/x' },
      growing: {
        _type: 'incremental-table-file',
        artifact_path: uri('1.table.json'),
        previous_increments_paths: [uri('0.table.json')],
      },
      lost: { _type: 'table-file', path: 'gone.table.json' },
      broken: { _type: 'table-file', path: 'broken.table.json' },
    },
  })
  expect((await tableOf(test)).rows.map(({ cells }) => cells[0])).toEqual([
    { kind: 'number', text: 'NaN' },
    'NaN',
    { kind: 'json', value: { k: [1] } },
  ])
  const growing = await test.get<TableResponse>(`${run}/table?key=growing`)
  expect(growing.rows.map(({ cells }) => cells)).toEqual([[1], [2], [3]])
  expect((await test.request(`${run}/table?key=lost`)).status).toBe(404)
  await uploadRunFile(test, 'r1', 'broken.table.json', '<html>')
  expect((await test.request(`${run}/table?key=broken`)).status).toBe(400)
})

test('a table of too many parts, or of parts that are too large together, is refused', async () => {
  await using test = await openWithRun()
  await logArtifact(test, {
    name: 'increments',
    type: 'run_table',
    files: {
      'small.table.json': '{"columns":["a"],"data":[[1]]}',
      'large.table.json': JSON.stringify({ columns: ['a'], data: [['x'.repeat(6 * 2 ** 20)]] }),
    },
    input: { clientID: 'client-3' },
  })
  const uri = (path: string) => `wandb-client-artifact://client-3/${path}`
  const growing = (path: string, partCount: number) => ({
    _type: 'incremental-table-file',
    artifact_path: uri(path),
    previous_increments_paths: Array.from({ length: partCount - 1 }, () => uri(path)),
  })
  await logAt(test, {
    0: {
      enough: growing('small.table.json', 300),
      many: growing('small.table.json', 1001),
      large: growing('large.table.json', 180),
    },
  })
  const found = async (key: string) => test.request(`${run}/table?key=${key}&limit=1`)
  expect(await (await found('enough')).json()).toMatchObject({ rowCount: 300 })
  for (const [key, reason] of [
    ['many', 'more than 1000 parts'],
    ['large', 'MiB'],
  ] as const) {
    const refused = await found(key)
    expect([refused.status, await refused.text()]).toEqual([413, expect.stringContaining(reason)])
  }
})

/** Logs a value that is nothing but a file of a version of these files. */
async function logFileOf(test: TestServer, key: string, files: Record<string, string | Uint8Array>): Promise<void> {
  await logArtifact(test, { name: `run-r1-${key}`, type: 'run_table', files, input: { clientID: `client-${key}` } })
  const name = Object.keys(files).find((path) => path.startsWith(`${key}.`))
  const type = name === `${key}.table.json` ? 'table-file' : name?.split('.')[1]
  await logAt(test, { 0: { [key]: { _type: type, artifact_path: `wandb-client-artifact://client-${key}/${name}` } } })
}

const tableText = (columns: readonly string[], data: readonly (readonly unknown[])[], types?: object): string =>
  JSON.stringify({ _type: 'table', columns, data, ...(types && { column_types: types }) })

test('joined tables show the rows of both, side by side where their keys are equal', async () => {
  await using test = await openWithRun()
  const picture = image('media/images/a.png')
  await logFileOf(test, 'both', {
    'both.joined-table.json':
      '{"_type":"joined-table","table1":"t1.table.json","table2":"t2.partitioned-table.json","join_key":["id","key"]}',
    't1.table.json': tableText(
      ['id', 'score'],
      [
        [1, 0.5],
        [2, 0.25],
        ['1', 9],
        [null, 8],
      ],
    ),
    't2.partitioned-table.json': '{"_type":"partitioned-table","parts_path":"parts"}',
    'parts/a.table.json': tableText(
      ['key', 'score', 'image'],
      [
        [2, 7, picture],
        [1, 6, picture],
        [2, 5, null],
      ],
    ),
    'parts/b.table.json': tableText(
      ['key', 'score', 'image'],
      [
        [3, 4, picture],
        [null, 3, null],
      ],
    ),
    'parts/media/a.txt': 'no table',
    'media/images/a.png': png,
  })
  const { keys } = await test.get<MediaKeysResponse>(`${run}/media`)
  expect(keys.map(({ key, kind }) => [key, kind])).toEqual([['both', 'table']])
  const read = (query: object = {}) =>
    test.get<TableResponse>(`${run}/table?${new URLSearchParams({ key: 'both', ...query })}`)
  const page = await read()
  expect(page.columns.map(({ name }) => name)).toEqual(['id', 'score', 'score (2)', 'image'])
  const shown = page.rows.map(({ cells: [id, score, other, cell] }) => [id, score, other, cell !== null])
  expect(shown).toEqual([
    [1, 0.5, 6, true],
    [2, 0.25, 7, true],
    [2, 0.25, 5, false],
    ['1', 9, null, false],
    [null, 8, null, false],
    [3, null, 4, true],
    [null, null, 3, false],
  ])
  const { url } = page.rows[5]!.cells[3] as { url: string }
  expect(new Uint8Array(await (await test.request(url)).arrayBuffer())).toEqual(png)
  const sorted = await read({ sort: 'score (2)', limit: '2' })
  expect([sorted.rowCount, sorted.rows.map(({ cells }) => cells[2])]).toEqual([7, [3, 4]])
})

test('joins that cannot be are refused', async () => {
  await using test = await openWithRun()
  const joined = (table1: string, table2: string, key: string) =>
    JSON.stringify({ _type: 'joined-table', table1, table2, join_key: key })
  const rows = Array.from({ length: 1001 }, () => ['same'])
  await logArtifact(test, {
    name: 'joins',
    files: {
      'circle.joined-table.json': joined('circle.joined-table.json', 'a.table.json', 'a'),
      'column.joined-table.json': joined('a.table.json', 'a.table.json', 'b'),
      'gone.joined-table.json': joined('a.table.json', 'gone.table.json', 'a'),
      'many.joined-table.json': joined('a.table.json', 'a.table.json', 'a'),
      'none.partitioned-table.json': '{"_type":"partitioned-table","parts_path":"none"}',
      'a.table.json': tableText(['a'], rows),
    },
    input: { clientID: 'client-joins' },
  })
  const values = ['circle', 'column', 'gone', 'many', 'none'].map((name) => {
    const type = name === 'none' ? 'partitioned-table' : 'joined-table'
    return [name, { _type: type, artifact_path: `wandb-client-artifact://client-joins/${name}.${type}.json` }]
  })
  await logAt(test, { 0: Object.fromEntries(values) })
  const statusOf = async (key: string) => (await test.request(`${run}/table?key=${key}`)).status
  expect(await statusOf('circle')).toBe(400)
  expect(await statusOf('column')).toBe(400)
  expect(await statusOf('gone')).toBe(404)
  expect(await statusOf('many')).toBe(413)
  expect(await statusOf('none')).toBe(404)
})

test('long arrays of numbers come from their own file; without it their column is empty', async () => {
  await using test = await openWithRun()
  const arrayType = (path: string) => ({
    wb_type: 'ndarray',
    params: { shape: [3], serialization_path: { path, key: 'found' } },
  })
  const types = {
    wb_type: 'typedDict',
    params: { type_map: { found: arrayType('a.npz'), gone: arrayType('gone.npz'), id: { wb_type: 'number' } } },
  }
  const npz = encodeNpz(
    { name: 'found', numbers: Float64Array.of(1, 2, 3, 4, Number.NaN, 6), shape: [2, 3] },
    { deflateRaw: deflateRawSync, crc32 },
  )
  const rows = [
    [null, null, 7],
    [null, null, 8],
  ]
  await logFileOf(test, 'arrays', {
    'arrays.table.json': tableText(['found', 'gone', 'id'], rows, types),
    'a.npz': npz,
  })
  const { rows: found } = await test.get<TableResponse>(`${run}/table?key=arrays`)
  expect(found.map(({ cells }) => cells)).toEqual([
    [{ kind: 'json', value: [1, 2, 3] }, null, 7],
    [{ kind: 'json', value: [4, 'NaN', 6] }, null, 8],
  ])
})

test('custom charts say which table they show', async () => {
  await using test = await openWithRun()
  const chart = (tableKey: string) => ({
    panel_type: 'Vega2',
    panel_config: {
      panelDefId: 'wandb/bar/v0',
      fieldSettings: { label: 'name', value: 'count', skipped: null },
      stringSettings: { title: 'Counts' },
      userQuery: {
        queryFields: [{ fields: [{ name: 'summaryTable', args: [{ name: 'tableKey', value: tableKey }] }] }],
      },
    },
  })
  const visualize = { counts: chart('counts_table'), 'eval.roc': chart('eval.roc_table'), odd: 7 }
  await test.upsert('r1', { config: JSON.stringify({ _wandb: { value: { visualize } } }) })
  await logAt(test, { 0: { 'eval.roc_table': { _type: 'table-file', path: 'x' } } })
  const { charts } = await test.get<CustomChartsResponse>(`${run}/charts`)
  expect(charts).toEqual([
    { key: 'counts', preset: 'wandb/bar/v0', fields: { label: 'name', value: 'count' }, texts: { title: 'Counts' } },
    expect.objectContaining({ key: 'eval.roc', tableKey: 'eval\\.roc_table' }),
  ])
})

test('charts of wandb.sklearn have their table under their own key', async () => {
  await using test = await openWithRun()
  const viz = { curve: { id: 'wandb/learning_curve/v1', historyFieldSettings: { key: 'curve' } }, odd: 7 }
  await test.upsert('r1', { config: JSON.stringify({ _wandb: { value: { viz } } }) })
  await logAt(test, { 0: { curve: { _type: 'table-file', path: 'x' } } })
  const { charts } = await test.get<CustomChartsResponse>(`${run}/charts`)
  expect(charts).toEqual([
    { key: 'curve', preset: 'wandb/learning_curve/v1', fields: {}, texts: {}, tableKey: 'curve' },
  ])
})

test('what several runs have besides numbers is told at once, each key once', async () => {
  await using test = await openWithRun()
  await test.upsert('r2')
  const panel_config = { panelDefId: 'wandb/bar/v0', fieldSettings: {}, stringSettings: {} }
  await test.upsert('r1', { config: JSON.stringify({ _wandb: { value: { visualize: { bars: { panel_config } } } } }) })
  const picture = { _type: 'image-file', path: 'media/a.png', sha256: 'a', size: 1 }
  await logAt(test, { 0: { sample: picture, loss: 1, bars_table: { _type: 'table-file', path: 'x' } } })
  const content = [JSON.stringify({ _step: 0, sample: picture })]
  await test.stream('r2', { files: { 'wandb-history.jsonl': { offset: 0, content } } })
  const response = await test.post('/api/projects/local/demo/runs/contents', { runIds: ['r1', 'r2', 'gone'] })
  expect(await response.json()).toEqual({
    media: [
      { key: 'bars_table', kind: 'table', runIds: ['r1'] },
      { key: 'sample', kind: 'image', runIds: ['r1', 'r2'] },
    ],
    charts: [{ key: 'bars', preset: 'wandb/bar/v0', fields: {}, texts: {}, tableKey: 'bars_table', runCount: 1 }],
  })
})

test('a chart that somebody has defined is found by its name', async () => {
  await using test = await openWithRun()
  const spec = '{ "mark": "bar" }'
  const input = { entity: 'local', name: 'a b', displayName: 'A', type: 'vega2', access: 'PRIVATE', spec }
  await test.graphql(
    'mutation ($input: CreateCustomChartInput!) { createCustomChart(input: $input) { chart { id } } }',
    { input },
  )
  expect(await test.get('/api/custom-charts/local/a%20b')).toEqual({
    entity: 'local',
    name: 'a b',
    displayName: 'A',
    spec,
  })
  expect((await test.request('/api/custom-charts/local/c')).status).toBe(404)
})

test('rows of history have the values of some keys, and are chosen evenly', async () => {
  await using test = await openWithRun()
  const both = Array.from({ length: 100 }, (_, step) => [step, { a: step, b: { c: 'x' } }])
  await logAt(test, { ...Object.fromEntries(both), 100: { a: 100 } })
  const ask = async (body: object) => (await test.post(`${run}/rows`, body)).json()
  const { rows } = (await ask({ keys: ['_step', 'a', 'b.c'] })) as HistoryRowsResponse
  expect(rows).toHaveLength(100)
  expect(rows.at(-1)).toEqual([99, 99, 'x'])
  const { rows: few } = (await ask({ keys: ['a'], count: 3 })) as HistoryRowsResponse
  expect(few).toEqual([[0], [50], [100]])
  expect((await test.post(`${run}/rows`, { keys: [] })).status).toBe(400)
})

test('files are listed, and sent so that nothing in them runs', async () => {
  await using test = await openWithRun()
  const script = '<script>alert(1)</script>'
  const contents: Record<string, string | Uint8Array> = {
    'a.png': png,
    'page.html': script,
    'picture.svg': `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`,
    'image.png': script,
    '../../"odd"\n<name>.js': 'alert(1)',
    empty: '',
  }
  for (const [name, body] of Object.entries(contents)) await uploadRunFile(test, 'r1', name, body)
  const { files } = await test.get<RunFilesResponse>(`${run}/files`)
  expect(new Set(files.map(({ name }) => name))).toEqual(new Set(Object.keys(contents)))
  for (const { name, url, sizeBytes } of files) {
    const { status, headers } = await test.request(url)
    const isPicture = name === 'a.png'
    expect([name, status, headers.get('content-type')]).toEqual([
      name,
      200,
      isPicture ? 'image/png' : 'application/octet-stream',
    ])
    expect(headers.get('content-disposition')).toMatch(isPicture ? /^inline$/ : /^attachment/)
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox$/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-length')).toBe(String(sizeBytes))
  }
  const framed = await test.request(`${run}/file?name=page.html&frame=true`)
  expect(framed.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(framed.headers.get('content-security-policy')).toContain('sandbox allow-scripts')
  expect(framed.headers.get('content-security-policy')).not.toContain('allow-same-origin')
  // A tab of its own would show it under our address.
  const navigated = await test.request(`${run}/file?name=page.html&frame=true`, {
    headers: { 'sec-fetch-dest': 'document' },
  })
  expect(navigated.headers.get('content-disposition')).toMatch(/^attachment/)
  const svg = await test.request(`${run}/file?name=picture.svg&frame=true`)
  expect(svg.headers.get('content-disposition')).toMatch(/^attachment/)
  const part = await test.request(`${run}/file?name=a.png`, { headers: { range: 'bytes=0-3' } })
  expect([part.status, new Uint8Array(await part.arrayBuffer())]).toEqual([206, png.slice(0, 4)])
  expect((await test.request(`${run}/file?name=none`)).status).toBe(404)
})

test('large pictures are sent small where that is asked for, and kept in a folder that may be deleted', async () => {
  await using directory = await openTemporaryDirectory()
  await using test = await openTestServer({ dataDirectory: directory.path })
  await test.upsert('r1')
  const noise = randomBytes(300 * 400 * 3)
  const large = encodePng(
    { data: noise, width: 300, height: 400, channels: 3 },
    { deflate: (rows) => deflateSync(rows) },
  )
  const small = encodePng({ data: noise, width: 8, height: 400, channels: 3 }, { deflate: (rows) => deflateSync(rows) })
  // A head that claims 40,000 × 40,000 pixels.
  const bomb = large.slice()
  new DataView(bomb.buffer, bomb.byteOffset).setBigUint64(16, 0x9c40_0000_9c40n)
  const files = { 'large.png': large, 'small.png': small, 'cut.png': large.subarray(0, 200_000), 'bomb.png': bomb }
  for (const [name, bytes] of Object.entries(files)) await uploadRunFile(test, 'r1', name, bytes)

  const ask = (name: string, height: number, headers: Record<string, string> = {}) =>
    test.request(`${run}/file?name=${name}&height=${height}`, { headers })
  const thumbnail = await ask('large.png', 128)
  const bytes = new Uint8Array(await thumbnail.arrayBuffer())
  expect(decodePng(bytes)).toMatchObject({ width: 96, height: 128 })
  expect(Object.fromEntries(thumbnail.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': 'inline',
    'content-length': String(bytes.length),
  })
  const etag = thumbnail.headers.get('etag')!
  expect((await ask('large.png', 128, { 'if-none-match': etag })).status).toBe(304)
  expect((await test.request(`${run}/file?name=large.png`)).headers.get('etag')).not.toBe(etag)
  expect((await ask('large.png', 100)).status).toBe(400)
  // 512 would be larger than the picture; the others are small, damaged or hostile: each is sent as it is.
  for (const [name, height] of [
    ['large.png', 512],
    ['small.png', 128],
    ['cut.png', 128],
    ['bomb.png', 128],
  ] as const) {
    const answer = await ask(name, height)
    expect([name, (await answer.arrayBuffer()).byteLength]).toEqual([name, files[name].length])
  }
  const folder = join(directory.path, 'cache', 'thumbnails')
  // What was found to have none is remembered too.
  expect(await readdir(folder)).toHaveLength(4)
  await rm(folder, { recursive: true })
  expect(new Uint8Array(await (await ask('large.png', 128)).arrayBuffer())).toEqual(bytes)
  expect(await readdir(folder)).toHaveLength(1)
})
