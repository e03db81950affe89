import {
  type ArtifactVersionInfo,
  type RunArtifactsResponse,
  type RunDetail,
  sanitizeArtifactName,
} from '@lossline/protocol'
import { expect, test } from 'vitest'
import { type ComparedRun, compareRuns, filterComparison, isBetter, isInternal, percentDelta } from './compare-runs.ts'
import { toComparisonLines } from './comparison-lines.ts'
import { parseRequirements } from './parse-requirements.ts'

const base = {
  state: 'finished',
  createdAtMs: 0,
  runtimeSeconds: 1,
  lastStep: 5,
  tags: [],
  exitCode: 0,
  metadata: {},
  summary: {},
}
const run = (over: object, more: object = {}) =>
  ({ run: { ...base, config: {}, ...over } as unknown as RunDetail, ...more }) as ComparedRun

const rows = compareRuns([
  run({ config: { lr: 0.1, net: { depth: 3, width: 64 } }, summary: { loss: 1 } }),
  run({ config: { lr: 0.2, net: { depth: 3 } }, summary: { loss: 2 } }),
])

test('what runs have is side by side, with what only one has', () => {
  const of = (part: string) => rows.filter((row) => row.part === part)
  expect(of('Config').map(({ name, values, isDifferent }) => [name, values, isDifferent])).toEqual([
    ['lr', [0.1, 0.2], true],
    ['net.depth', [3, 3], false],
    ['net.width', [64, undefined], true],
  ])
  expect(of('Run').map(({ name }) => name)).toEqual(['state', 'created', 'duration', 'steps', 'exit code'])
})

test('a summary is compared without the clock of its writer, and files by what they are', () => {
  const image = (sha256: string) => ({ _type: 'image-file', width: 8, height: 6, sha256 })
  const found = compareRuns([
    run({ summary: { _runtime: 4, _wandb: { runtime: 4 }, loss: 1, picture: image('a') } }),
    run({ summary: { _runtime: 5, _wandb: { runtime: 5 }, loss: 2, picture: image('b') } }),
  ]).filter(({ part }) => part === 'Summary')
  expect(found.map(({ name, values, isDifferent }) => [name, values, isDifferent])).toEqual([
    ['loss', [1, 2], true],
    ['picture', ['image, 8 × 6', 'image, 8 × 6'], false],
  ])
})

test('only differences, and only what a search finds by name or value', () => {
  const names = (search: string, isDifferentOnly: boolean) =>
    filterComparison(rows, { search, isDifferentOnly }).map(({ name }) => name)
  expect(names('', true)).toEqual(['lr', 'net.width', 'loss'])
  expect(names('NET', false)).toEqual(['net.depth', 'net.width'])
  expect(names('64', true)).toEqual(['net.width'])
})

test('differences from a baseline are signed and say nothing where there is none', () => {
  expect(percentDelta(1.5, 1)).toBe('▲ +50 %')
  expect(percentDelta(-3, -2)).toBe('▼ −50 %')
  expect(percentDelta(1, 3)).toBe('▼ −66.7 %')
  for (const [value, baseline] of [
    [1, 1],
    [1, 0],
    ['a', 1],
    [1, undefined],
  ] as const) {
    expect(percentDelta(value, baseline)).toBeUndefined()
  }
})

test('a number is better or worse where it is known which are good', () => {
  expect([isBetter(1, 2, 'lower'), isBetter(1, 2, 'higher'), isBetter(3, 2, 'higher')]).toEqual([true, false, true])
  expect([isBetter(2, 2, 'lower'), isBetter(1, 2, undefined), isBetter('a', 2, 'lower')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('everything else that runs were made of is compared too', () => {
  const file = (name: string, md5: string) => ({ name, md5, sizeBytes: 2048, updatedAtMs: 0, url: '' })
  const version = (collection: string, digest: string) => ({ type: 'dataset', collection, version: 'v3', digest })
  const one = run(
    { metadata: { gpu: 'T4', memory: { total: 16 }, python: '3.11', codePath: 'train.py' } },
    {
      files: [file('code/train.py', 'aaaaaaaaaaaaaaaa'), file('diff.patch', 'p1'), file('config.yaml', 'c')],
      requirements: 'numpy==1.26\ntorch==2.1 # pinned\n\n-e git+https://x\n',
      artifacts: { inputs: [version('digits', 'd1'), version('digits', 'd0')], outputs: [version('model', 'm')] },
    },
  )
  const other = run(
    { metadata: { gpu: 'A100', memory: { total: 16 }, python: '3.11' } },
    {
      files: [file('code/train.py', 'bbbbbbbbbbbbbbbb')],
      requirements: 'numpy==2.0\ntorch==2.1',
      artifacts: { inputs: [version('digits', 'd1')], outputs: [] },
    },
  )
  const found = compareRuns([one, other])
  const of = (part: string) => found.filter((row) => row.part === part).map(({ name, values }) => [name, ...values])
  expect(of('Code')).toEqual([['train.py', '2.0 kB, aaaaaaaaaa', '2.0 kB, bbbbbbbbbb']])
  expect(found.find(({ part }) => part === 'Code')?.file).toBe('code/train.py')
  expect(of('Patch')).toEqual([['diff.patch', '2.0 kB, p1', undefined]])
  expect(of('Packages')).toEqual([
    ['-e git+https://x', 'listed', undefined],
    ['numpy', '1.26', '2.0'],
    ['torch', '2.1', '2.1'],
  ])
  expect(of('Hardware')).toEqual([
    ['gpu', 'T4', 'A100'],
    ['memory.total', 16, 16],
  ])
  expect(of('Environment')).toEqual([
    ['codePath', 'train.py', undefined],
    ['python', '3.11', '3.11'],
  ])
  expect(of('Data')).toEqual([
    ['made dataset model', 'v3, m', undefined],
    ['used dataset digits', 'v3, d0; v3, d1', 'v3, d1'],
  ])
})

test('packages are read as their tools write them', () => {
  expect(parseRequirements('a==1\nB_c[x,y]==2.0\nd>=3\ne\nf @ file:///x\n# g==1\nh===1.dev0')).toEqual({
    a: '1',
    B_c: '2.0',
    d: '>=3',
    e: 'any',
    f: '@ file:///x',
    h: '1.dev0',
  })
})

test('nested keys are folded under their first label, unless somebody looks for something', () => {
  const lines = (isOpenAtFirst: boolean, ...toggled: string[]) =>
    toComparisonLines(
      rows.filter(({ part }) => part === 'Config'),
      { isOpenAtFirst, toggled: new Set(toggled) },
    ).map((line) => (line.kind === 'row' ? line.row.name : `${line.name} ${line.rowCount}/${line.differentCount}`))
  expect(lines(false)).toEqual(['lr', 'net 2/1'])
  expect(lines(true)).toEqual(['lr', 'net 2/1', 'net.depth', 'net.width'])
  expect(lines(false, 'Config net')).toEqual(lines(true))
  expect(lines(true, 'Config net')).toEqual(lines(false))
})

test('tables that runs log are compared by their keys, and code by its own part', () => {
  const version = (type: string, collection: string, number: number, digest: string) =>
    ({ type, collection, version: `v${number}`, digest }) as ArtifactVersionInfo
  const withOutputs = (runId: string, digest: string) => ({
    ...run({ runId, summary: { 'a table': {} } }),
    artifacts: {
      inputs: [version('run_table', 'run-other-rows', 0, 'x')],
      outputs: [
        version('run_table', `run-${runId}-rows`, 9, 'old'),
        version('run_table', `run-${runId}-rows`, 10, digest),
        version('run_table', sanitizeArtifactName(`run-${runId}-a table`), 0, 'same'),
        version('code', 'source-a', 0, digest),
      ],
    } as RunArtifactsResponse,
  })
  const rows = compareRuns([withOutputs('a', 'd1'), withOutputs('b', 'd2')]).filter(({ part }) => part === 'Data')
  expect(rows.map(({ name, values, isDifferent }) => [name, ...values, isDifferent])).toEqual([
    ['logged table a table', 'v0, same', 'v0, same', false],
    ['logged table rows', 'v10, d1', 'v10, d2', true],
    ['used run_table run-other-rows', 'v0, x', 'v0, x', false],
  ])
})

test('what clients keep for themselves is told from what somebody logged', () => {
  const row = { values: [1], isDifferent: false, name: '' }
  const parts = (['Summary', 'Config', 'Environment'] as const).map((part) => ({ ...row, part, path: ['_timestamp'] }))
  expect(parts.map(isInternal)).toEqual([true, true, false])
  expect(isInternal({ ...row, part: 'Summary', path: ['val', '_x'] })).toBe(false)
})
