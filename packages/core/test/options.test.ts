import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import {
  Api,
  Artifact,
  Audio,
  exportHistory,
  exportRuns,
  Graph,
  Histogram,
  Html,
  Image,
  type InitOptions,
  init,
  JoinedTable,
  LosslineError,
  login,
  logout,
  Molecule,
  Object3D,
  plot,
  plotTable,
  type Run,
  readLoginStatus,
  Table,
  Video,
} from '../src/index.ts'
import { readRun } from './read-run.ts'

/** Options as a program in JavaScript may pass them. */
const wrong = (options: unknown): never => options as never

/** What a call throws, or rejects with, as `code: message hint`. */
async function refusalOf(call: () => unknown): Promise<string> {
  try {
    await call()
    return 'nothing'
  } catch (error) {
    if (!LosslineError.isInstance(error)) throw error
    return `${error.code}: ${error.message} ${error.hint}`
  }
}

async function openOfflineRun(directory: string, options: InitOptions = {}): Promise<Run> {
  return init({ dir: directory, project: 'p', mode: 'offline', silent: true, reinit: 'createNew', ...options })
}

describe('a mistyped option is refused, and the nearest name is told', () => {
  const pixels = new Uint8Array(4)
  const table = new Table({ columns: ['x', 'y'], rows: [[1, 2]] })
  const api = new Api({ baseUrl: 'http://127.0.0.1:2', apiKey: 'k'.repeat(40) })

  test.each<[meant: string, call: () => unknown]>([
    ['caption', () => new Image(pixels, wrong({ width: 2, height: 2, captoin: 'c' }))],
    ['boxData', () => new Image(pixels, { width: 2, height: 2, boxes: { b: wrong({ boxdata: [] }) } })],
    ['classLabels', () => new Image(pixels, { width: 2, height: 2, masks: { m: wrong({ class_labels: {} }) } })],
    [
      'boxCaption',
      () => {
        const position = { minX: 0, minY: 0, maxX: 1, maxY: 1 }
        return new Image(pixels, {
          width: 2,
          height: 2,
          boxes: { b: { boxData: [wrong({ position, classId: 1, caption: 'c' })] } },
        })
      },
    ],
    ['sampleRate', () => new Audio(new Float32Array(2), wrong({ sample_rate: 8000 }))],
    ['shape', () => new Video(new Uint8Array(12), wrong({ shap: [1, 3, 2, 2] }))],
    ['binCount', () => new Histogram([1], wrong({ bins: 3, bincount: 2 }))],
    ['inject', () => new Html('<p>', wrong({ injekt: false }))],
    ['fileType', () => new Molecule('END', wrong({ file_type: 'pdb' }))],
    ['columns', () => new Object3D(new Float32Array(4), wrong({ column: 4 }))],
    ['format', () => new Graph(wrong({ nodes: [], edges: [], formt: 'keras' }))],
    ['logMode', () => new Table(wrong({ columns: ['a'], log_mode: 'MUTABLE' }))],
    ['optional', () => new Table({ columns: ['a'] }).addColumn('b', [], wrong({ optionl: true }))],
    ['joinKey', () => new JoinedTable(wrong({ table1: table, table2: table, join_key: 'x' }))],
    ['stroke', () => plot.line(table, wrong({ x: 'x', y: 'y', strok: 'y' }))],
    ['splitTable', () => plot.bar(table, wrong({ label: 'x', value: 'y', split_table: true }))],
    ['xname', () => plot.lineSeries(wrong({ xs: [1], ys: [[1]], xName: 'x' }))],
    ['fields', () => plotTable(wrong({ preset: 'p', table, field: {} }))],
    ['metadata', () => new Artifact('a', 'model', wrong({ metdata: {} }))],
    ['name', () => new Artifact('a', 'model').addFile('x', wrong({ nmae: 'b' }))],
    ['exclude', () => new Artifact('a', 'model').addDir('x', wrong({ exclud: [] }))],
    ['overwrite', () => new Artifact('a', 'model').addBuffer('x', 'x', wrong({ overwite: true }))],
    ['overwrite', () => new Artifact('a', 'model').newFile('x', wrong({ overWrit: true }))],
    ['overwrite', () => new Artifact('a', 'model').add(table, 'x', wrong({ overwrit: true }))],
    ['checksum', () => new Artifact('a', 'model').addReference('s3://a/b', wrong({ checkSums: false }))],
    ['baseUrl', () => new Api(wrong({ base_url: 'http://127.0.0.1:2' }))],
    ['filters', () => api.runs('p', wrong({ filter: {} }))],
    ['signal', () => api.run('p/r', wrong({ signl: undefined }))],
    ['perPage', () => api.projects('e', wrong({ per_page: 3 }))],
    ['limit', () => api.runs('p').toArray(wrong({ limt: 3 }))],
    ['order', () => api.artifactVersions('model', 'm', wrong({ ordr: '+x' }))],
    ['relogin', () => login(wrong({ relogn: true }))],
    ['baseUrl', () => logout(wrong({ baseURLs: 'x' }))],
    ['verify', () => readLoginStatus(wrong({ verfy: true }))],
    ['format', () => exportRuns([] as never, wrong({ path: 'x.csv', fromat: 'csv' }))],
    ['keys', () => exportHistory([] as never, wrong({ path: 'x.csv', key: ['a'] }))],
    ['projet', () => init(wrong({ projet: 'p' }))],
  ])('%s', async (meant, call) => {
    const refusal = await refusalOf(call)
    if (meant === 'projet') expect(refusal).toMatch(/^invalid-setting: .*"projet".* Did you mean project\?$/)
    else expect(refusal).toMatch(new RegExp(`^invalid-option: .* (Did you mean ${meant}\\?|.*\\b${meant}\\b)`))
  })

  test('in the calls of a run', async () => {
    await using directory = await openTemporaryDirectory()
    const run = await openOfflineRun(directory.path)
    const artifact = new Artifact('a', 'model')
    const calls: Record<string, () => unknown> = {
      summary: () => run.defineMetric('a', wrong({ sumary: 'max' })),
      aliases: () => run.logArtifact(artifact, wrong({ alias: 'best' })),
      distributedId: () => run.upsertArtifact(artifact, wrong({ distributed_id: 'x' })),
      type: () => run.useArtifact('a:latest', wrong({ typ: 'model' })),
      timeoutMs: () => run.linkModel('x', 'y', wrong({ timeoutms: 1 })),
      name: () => run.logModel('x', wrong({ nam: 'y' })),
      include: () => run.logCode('.', wrong({ includes: [] })),
      policy: () => run.save('x', wrong({ polcy: 'now' })),
      replace: () => run.restore('x', wrong({ replac: true })),
      title: () => run.alert(wrong({ titel: 'x' })),
      allowValChange: () => run.config.update({ a: 1 }, wrong({ allow_val_change: true })),
    }
    const refusals: string[] = []
    for (const [meant, call] of Object.entries(calls)) {
      const refusal = await refusalOf(call)
      if (!refusal.startsWith('invalid-option: ') || !refusal.endsWith(` Did you mean ${meant}?`)) {
        refusals.push(`${meant}: ${refusal}`)
      }
    }
    expect(refusals).toEqual([])
    expect(artifact.isFrozen).toBe(false)
    await run.finish()
  })

  test('and options that are no object say what they should be', async () => {
    await using directory = await openTemporaryDirectory()
    const run = await openOfflineRun(directory.path)
    expect(await refusalOf(() => new Image(pixels, wrong('a seven')))).toMatchInlineSnapshot(
      `"invalid-option: new Image: its options are one object, not "a seven". Pass { width, height, channels, caption, grouping, normalize, boxes, masks, classes }, or some of them."`,
    )
    expect(await refusalOf(() => run.defineMetric('a', wrong('max')))).toMatch(/^invalid-option: defineMetric: .*"max"/)
    expect(await refusalOf(() => run.logArtifact('x', wrong(['best'])))).toMatch(/^invalid-option: .*an array/)
    expect(await refusalOf(() => init(wrong('digits')))).toMatch(/^invalid-option: init: .*"digits"/)
    expect(await refusalOf(() => run.alert(wrong(undefined)))).toMatch(/^invalid-option: alert: .* title/)
    await run.finish()
  })
})

test('values that cannot be are refused with a hint that helps', async () => {
  await using directory = await openTemporaryDirectory()
  const run = await openOfflineRun(directory.path)
  const refusals = [
    await refusalOf(() => run.save('x', wrong({ policy: 'later' }))),
    await refusalOf(() => run.alert({ title: '' })),
    await refusalOf(() => run.alert({ title: 'x', level: wrong('fatal') })),
    await refusalOf(() => run.alert({ title: 'x', waitDurationMs: -1 })),
    await refusalOf(() => new Api().runs('p', { filters: { state: () => 1 } }).toArray()),
  ]
  expect(refusals).toMatchInlineSnapshot(`
    [
      "invalid-option: save: policy is now, end, live, not "later". Pass 'now' for a copy of what the files are now, 'end' for what they are at the end, or 'live' for every change.",
      "invalid-option: alert: title is a text of 1 to 200 characters. Say the rest in text: { title: 'done', text: 'the loss is 0.01' }.",
      "invalid-option: alert: level is info, warn or error, not "fatal". Pass level: 'warn', or leave it out for info.",
      "invalid-option: alert: waitDurationMs is a number of milliseconds from 0. Leave it out for a minute, or pass 0 to tell every alert.",
      "invalid-option: filters: "state" cannot be compared with a function. Compare with a text, number, boolean, null, Date, RegExp, a list of them, or an operator such as { $gt: 0.5 }. Leave the field out to take all.",
    ]
  `)
  for (const [name, value] of [
    ['nme', 'x'],
    ['tag', ['a']],
    ['config', { lr: 1 }],
  ] as const) {
    expect(() => Object.assign(run, { [name]: value })).toThrow(TypeError)
  }
  run.name = 'renamed'
  run.tags = ['a']
  expect([run.name, run.tags]).toEqual(['renamed', ['a']])
  await run.finish()
})

describe('values that come without names', () => {
  test.each([[1], 'config.yaml', 5, true, new Map([['a', 1]]), new Set([1]), new Date(0), Float32Array.of(1)])(
    'config: %o',
    async (config) => {
      await using directory = await openTemporaryDirectory()
      const refusal = await refusalOf(() => openOfflineRun(directory.path, { config: wrong(config) }))
      expect(refusal).toMatch(/^invalid-option: init: config: values come by name/)
    },
  )

  test('are refused by config and summary too', async () => {
    await using directory = await openTemporaryDirectory()
    const run = await openOfflineRun(directory.path, { config: { a: 1 } })
    for (const values of [[1], new Map([['a', 2]]), 5, null]) {
      expect(await refusalOf(() => run.config.update(wrong(values)))).toMatch(/^invalid-option: config.update/)
      expect(await refusalOf(() => run.config.setDefaults(wrong(values)))).toMatch(/^invalid-option: config.set/)
      expect(await refusalOf(() => run.summary.update(wrong(values)))).toMatch(/^invalid-option: summary.update/)
    }
    await run.finish()
    expect((await readRun(directory.path)).config.a).toBe(1)
  })
})

test('log and finish never throw for a mistyped option: they say it once and do what they can', async () => {
  await using directory = await openTemporaryDirectory()
  const run = await openOfflineRun(directory.path)
  run.log({ loss: 1 }, wrong({ stpe: 3 }))
  run.log({ loss: 2 }, wrong({ stpe: 4 }))
  run.log({ loss: 3 }, wrong(5))
  run.log({ loss: 4 }, wrong({ step: 6, comit: true }))
  run.log({ loss: 5 }, wrong('last'))
  await run.finish(wrong({ exitcode: 1 }))
  const { rows, exitCode } = await readRun(directory.path)
  expect(rows.map((row) => [row._step, row.loss])).toEqual([
    [0, 1],
    [1, 2],
    [5, 3],
    [6, 5],
  ])
  expect(exitCode).toBe(0)
})
