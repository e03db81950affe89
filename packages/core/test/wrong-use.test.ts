import { inspect } from 'node:util'
import { openTemporaryDirectory } from '@lossline/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  Artifact,
  Audio,
  CoreError,
  Graph,
  Histogram,
  Html,
  Image,
  JoinedTable,
  LosslineError,
  Molecule,
  Object3D,
  PartitionedTable,
  Plotly,
  plot,
  plotTable,
  Table,
  VegaLite,
  Video,
} from '../src/index.ts'

// What a program in JavaScript may pass.
const wrongValues: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1.5,
  Number.NaN,
  2n ** 70n,
  '',
  'text',
  Symbol('s'),
  () => 1,
  {},
  [],
  [null],
  [undefined],
  [[]],
  [[null]],
  [{}],
  new Map(),
  new Set([1]),
  new Date(0),
  Promise.resolve(1),
  new Uint8Array(0),
  new Float32Array(1),
  new BigInt64Array(1),
  new ArrayBuffer(1),
  { data: null },
  { data: [null] },
  { length: -1 },
  Object.create(null),
  new Proxy({}, {}),
]

/** Calls something wrongly; what it throws has a code and says what to do. */
function codeOf(call: () => unknown): string | undefined {
  try {
    call()
    return undefined
  } catch (error) {
    if (!LosslineError.isInstance(error)) throw error
    // What cannot be read back is another's error, which says what is wrong with it.
    if (error.name !== 'ProtocolError') expect(error.hint).toMatch(/\w/)
    return error.code
  }
}

/** Every call in which one of the arguments, or one member of an object among them, is wrong. */
function wrongCalls(right: readonly unknown[]): { name: string; args: readonly unknown[] }[] {
  const variants = (value: unknown): { name: string; value: unknown }[] => [
    ...wrongValues.map((wrong) => ({ name: inspect(wrong), value: wrong })),
    ...membersOf(value).flatMap(([key, member]) =>
      variants(member).map((variant) => ({
        name: `{ ${key}: ${variant.name} }`,
        value: withMember(value, key, variant.value),
      })),
    ),
  ]
  return right.flatMap((value, index) =>
    variants(value).map((variant) => ({
      name: `argument ${index}: ${variant.name}`,
      args: right.with(index, variant.value),
    })),
  )
}

function membersOf(value: unknown): [string, unknown][] {
  const isPlain =
    typeof value === 'object' &&
    value !== null &&
    [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value))
  return isPlain ? Object.entries(value as object).slice(0, 12) : []
}

function withMember(value: unknown, key: string, member: unknown): unknown {
  return Array.isArray(value) ? value.with(Number(key), member) : { ...(value as object), [key]: member }
}

function check(codes: readonly string[], call: (...args: never[]) => unknown, right: readonly unknown[]): void {
  // Right calls pass, or the others would prove nothing.
  call(...(right as never[]))
  const raw: string[] = []
  for (const { name, args } of [{ name: 'no arguments', args: [] }, ...wrongCalls(right)]) {
    try {
      const code = codeOf(() => call(...(args as never[])))
      if (code !== undefined && !codes.includes(code)) raw.push(`${name}: ${code}`)
    } catch (error) {
      raw.push(`${name}: ${String(error)}`)
    }
  }
  expect(raw).toEqual([])
}

const pixels = new Uint8Array(4)
const size = { width: 2, height: 2 }
const box = {
  position: { minX: 0, minY: 0, maxX: 1, maxY: 1 },
  domain: 'pixel',
  classId: 1,
  boxCaption: 'c',
  scores: { s: 1 },
}

describe('media that are made wrongly say so', () => {
  test.each<[string, (...args: never[]) => unknown, readonly unknown[]]>([
    [
      'Image',
      (...args: never[]) => new Image(...(args as unknown as [never])),
      [pixels, { ...size, caption: 'c', grouping: 1, channels: 1, normalize: true }],
    ],
    [
      'Image of rows',
      (...args: never[]) => new Image(...(args as unknown as [never])),
      [
        [
          [0, 1],
          [1, 0],
        ],
        {},
      ],
    ],
    [
      'Image of an object',
      (...args: never[]) => new Image(...(args as unknown as [never])),
      [{ data: pixels, ...size }, {}],
    ],
    [
      'Image of a tensor',
      (...args: never[]) => new Image(...(args as unknown as [never])),
      [{ data: pixels, dims: [2, 2] }, {}],
    ],
    [
      'boxes',
      (...args: never[]) => new Image(...(args as unknown as [never])),
      [
        pixels,
        {
          ...size,
          boxes: {
            layer: {
              boxData: [box, { ...box, position: { middle: [0, 0], width: 1, height: 1 } }],
              classLabels: { 1: 'one' },
            },
          },
        },
      ],
    ],
    [
      'masks',
      (...args: never[]) => new Image(...(args as unknown as [never])),
      [
        pixels,
        {
          ...size,
          masks: { layer: { maskData: new Uint8Array(4), classLabels: { 1: 'one' } } },
          classes: [{ id: 1, name: 'one' }],
        },
      ],
    ],
    [
      'Audio',
      (...args: never[]) => new Audio(...(args as unknown as [never])),
      [new Float32Array(4), { sampleRate: 8, channels: 2, caption: 'c' }],
    ],
    [
      'Audio of channels',
      (...args: never[]) => new Audio(...(args as unknown as [never])),
      [[new Float32Array(4), new Float32Array(4)], { sampleRate: 8 }],
    ],
    ['Audio of bytes', (...args: never[]) => new Audio(...(args as unknown as [never])), [pixels, { fileType: 'm4a' }]],
    [
      'Video',
      (...args: never[]) => new Video(...(args as unknown as [never])),
      [new Uint8Array(12), { shape: [1, 3, 2, 2], fps: 4, format: 'gif', caption: 'c' }],
    ],
    ['Histogram', (...args: never[]) => new Histogram(...(args as unknown as [never])), [[1, 2], { binCount: 2 }]],
    [
      'Histogram of counts',
      (...args: never[]) => new Histogram(...(args as unknown as [never])),
      [{ counts: [1], edges: [0, 1] }, {}],
    ],
    ['Html', (...args: never[]) => new Html(...(args as unknown as [never])), ['<p>', { inject: true }]],
    [
      'Molecule',
      (...args: never[]) => new Molecule(...(args as unknown as [never])),
      ['END', { fileType: 'pdb', caption: 'c' }],
    ],
    ['Object3D', (...args: never[]) => new Object3D(...(args as unknown as [never])), [[[1, 2, 3]], { caption: 'c' }]],
    [
      'Object3D of an array',
      (...args: never[]) => new Object3D(...(args as unknown as [never])),
      [new Float32Array(4), { columns: 4 }],
    ],
    [
      'Object3D of a text',
      (...args: never[]) => new Object3D(...(args as unknown as [never])),
      ['o', { fileType: 'obj' }],
    ],
    [
      'Object3D of a scene',
      (...args: never[]) => new Object3D(...(args as unknown as [never])),
      [
        {
          type: 'lidar/beta',
          points: [[1, 2, 3]],
          boxes: [{ corners: Array(8).fill([0, 0, 0]), label: 'l' }],
          vectors: [{ start: [0, 0, 0], end: [1, 1, 1] }],
        },
      ],
    ],
    [
      'Plotly',
      (...args: never[]) => new Plotly(...(args as unknown as [never])),
      [{ data: [{ y: [1] }], layout: {}, frames: [] }],
    ],
    [
      'VegaLite',
      (...args: never[]) => new VegaLite(...(args as unknown as [never])),
      [{ mark: 'bar', data: { values: [1] } }],
    ],
    [
      'Graph',
      (...args: never[]) => new Graph(...(args as unknown as [never])),
      [{ nodes: [{ id: 'a', name: 'n', size: [1] }], edges: [['a', 'a']], format: 'keras' }],
    ],
  ])('%s', (_name, call, right) => check(['invalid-media', 'invalid-option'], call, right))
})

describe('tables that are made wrongly say so', () => {
  const codes = ['invalid-table', 'invalid-option', 'table-type', 'invalid-cell', 'invalid-key']
  test.each<[string, (...args: never[]) => unknown, readonly unknown[]]>([
    [
      'Table',
      (...args: never[]) => new Table(...(args as unknown as [never])),
      [
        {
          columns: ['a', 'b'],
          rows: [[1, 'x'], { a: 1 }],
          columnTypes: { a: 'number', b: { union: ['string'] } },
          optional: { a: true },
          allowMixedTypes: false,
          logMode: 'MUTABLE',
        },
      ],
    ],
    ['Table of objects', (...args: never[]) => new Table(...(args as unknown as [never])), [[{ a: 1 }, { b: 2 }]]],
    [
      'fromObjects',
      (...args: never[]) => Table.fromObjects(...(args as unknown as [never])),
      [[{ a: 1 }], { logMode: 'MUTABLE' }],
    ],
    [
      'fromColumns',
      (...args: never[]) => Table.fromColumns(...(args as unknown as [never])),
      [{ a: [1], b: Float32Array.of(1) }, { logMode: 'MUTABLE' }],
    ],
    [
      'fromJson',
      (...args: never[]) => Table.fromJson(...(args as unknown as [never])),
      ['{"columns":["a"],"data":[[1]]}', {}],
    ],
    ['addRow', (...args: never[]) => new Table({ columns: ['a', 'b'] }).addRow(...args), [1, 'x']],
    [
      'addRows',
      (...args: never[]) => new Table({ columns: ['a'] }).addRows(...(args as unknown as [never])),
      [[[1], { a: 2 }]],
    ],
    [
      'addColumn',
      (...args: never[]) =>
        new Table({ columns: ['a'], rows: [[1]] }).addColumn(...(args as unknown as [never, never])),
      ['b', [1], { optional: true }],
    ],
    [
      'addComputedColumns',
      (...args: never[]) => new Table([{ a: 1 }]).addComputedColumns(...(args as unknown as [never])),
      [() => ({ b: 1 })],
    ],
    ['getColumn', (...args: never[]) => new Table([{ a: 1 }]).getColumn(...(args as unknown as [never])), ['a']],
    [
      'cast',
      (...args: never[]) => new Table([{ a: 1 }]).cast(...(args as unknown as [never, never])),
      ['a', 'number', { optional: true }],
    ],
    [
      'JoinedTable',
      (...args: never[]) => new JoinedTable(...(args as unknown as [never])),
      [{ table1: 'a.table.json', table2: 'b.table.json', joinKey: ['a', 'b'] }],
    ],
    ['PartitionedTable', (...args: never[]) => new PartitionedTable(...(args as unknown as [never])), ['parts']],
  ])('%s', (_name, call, right) => check([...codes, 'invalid-json'], call, right))
})

describe('charts that are made wrongly say so', () => {
  const table = new Table({ columns: ['x', 'y'], rows: [[1, 2]] })
  const yTrue = [0, 1]
  const yProbas = [
    [0.9, 0.1],
    [0.2, 0.8],
  ]
  test.each<[string, (...args: never[]) => unknown, readonly unknown[]]>([
    ['line', plot.line, [table, { x: 'x', y: 'y', stroke: 'x', title: 't', splitTable: true }]],
    ['scatter', plot.scatter, [table, { x: 'x', y: 'y', title: 't' }]],
    ['bar', plot.bar, [table, { label: 'x', value: 'y' }]],
    ['histogram', plot.histogram, [table, { value: 'x' }]],
    ['lineSeries', plot.lineSeries, [{ xs: [[0, 1]], ys: [[1, 2]], keys: ['k'], xname: 'x', title: 't' }]],
    ['confusionMatrix', plot.confusionMatrix, [{ yTrue, preds: [0, 1], classNames: ['a', 'b'], title: 't' }]],
    ['confusionMatrix of probabilities', plot.confusionMatrix, [{ yTrue, probs: yProbas }]],
    [
      'prCurve',
      plot.prCurve,
      [{ yTrue, yProbas, labels: ['a', 'b'], classesToPlot: [0, 1], interpSize: 3, title: 't' }],
    ],
    ['rocCurve', plot.rocCurve, [{ yTrue, yProbas, labels: ['a', 'b'], classesToPlot: [0, 1] }]],
    ['plotTable', plotTable, [{ preset: 'p', table, fields: { x: 'x' }, texts: { title: 't' }, splitTable: true }]],
  ])('%s', (_name, call, right) =>
    check(['invalid-plot', 'invalid-option', 'invalid-table', 'table-type', 'invalid-cell'], call, right),
  )

  // The ways of W&B's Python client.
  test.each<[string, () => unknown, RegExp]>([
    ['line', () => plot.line(table, ...(['x', 'y', 'stroke'] as unknown as [never])), /plot\.line\(table, \{ x, y/],
    [
      'prCurve',
      () => plot.prCurve(...([yTrue, yProbas, ['a', 'b']] as unknown as [never])),
      /plot\.prCurve\(\{ yTrue, yProbas/,
    ],
    ['rocCurve', () => plot.rocCurve(...([yTrue, yProbas] as unknown as [never])), /plot\.rocCurve\(\{ yTrue, yProbas/],
    [
      'confusionMatrix',
      () => plot.confusionMatrix(...([null, yTrue, yTrue] as unknown as [never])),
      /plot\.confusionMatrix\(\{ yTrue, preds/,
    ],
    ['lineSeries', () => plot.lineSeries(...([[1], [[1]]] as unknown as [never])), /plot\.lineSeries\(\{ xs, ys/],
    [
      'plotTable',
      () => plotTable(...(['wandb/line/v0', table, {}] as unknown as [never])),
      /plotTable\(\{ preset, table, fields/,
    ],
  ])('%s with its arguments one after the other', (_name, call, hint) => {
    try {
      call()
    } catch (error) {
      expect(CoreError.isInstance(error) && error.code).toBe('invalid-plot')
      expect((error as CoreError).hint).toMatch(hint)
      return
    }
    throw new Error('nothing was thrown')
  })
})

describe('artifacts that are made wrongly say so', () => {
  afterEach(() => void vi.unstubAllEnvs())
  const codes = [
    'artifact-invalid',
    'artifact-reference',
    'invalid-option',
    'invalid-name',
    'file-missing',
    'file-type',
  ]
  const draft = () => new Artifact('a', 'model')
  const table = () => new Table({ columns: ['a'] })

  test.each<[string, (...args: never[]) => unknown, readonly unknown[]]>([
    [
      'Artifact',
      (...args: never[]) => new Artifact(...(args as unknown as [never, never])),
      ['a', 'model', { description: 'd', metadata: { a: 1 }, incremental: false, ttlMs: 1000, storageRegion: 'x' }],
    ],
    ['aliases', (aliases: never) => Object.assign(draft(), { aliases }), [['best']]],
    ['tags', (tags: never) => Object.assign(draft(), { tags }), [['small']]],
    ['metadata', (metadata: never) => Object.assign(draft(), { metadata }), [{ a: [1] }]],
  ])('%s', (_name, call, right) => check(codes, call, right))

  test.each<[string, (...args: never[]) => Promise<unknown>, readonly unknown[]]>([
    [
      'addBuffer',
      (...args) => draft().addBuffer(...(args as unknown as [never, never])),
      ['x', 'a', { overwrite: true }],
    ],
    ['add', (...args) => draft().add(...(args as unknown as [never, never])), [table(), 'a', { overwrite: true }]],
    ['addFile', (...args) => draft().addFile(...(args as unknown as [never])), [import.meta.filename, { name: 'a' }]],
    ['addDir', (...args) => draft().addDir(...(args as unknown as [never])), [import.meta.dirname, { include: ['x'] }]],
    ['addReference', (...args) => draft().addReference(...(args as unknown as [never])), ['x://y', { name: 'a' }]],
    [
      'newFile',
      async (...args) =>
        draft()
          .newFile(...(args as unknown as [never]))
          .close(),
      ['a', { overwrite: true }],
    ],
    [
      'write',
      async (...args) => {
        const file = draft().newFile('a')
        await file.write(...(args as unknown as [never])).finally(() => file.close())
      },
      ['x'],
    ],
  ])('%s', async (_name, call, right) => {
    await using directory = await openTemporaryDirectory()
    vi.stubEnv('LOSSLINE_DIR', directory.path)
    await call(...(right as never[]))
    const raw: string[] = []
    for (const { name, args } of [{ name: 'no arguments', args: [] }, ...wrongCalls(right)]) {
      const error: unknown = await call(...(args as never[])).then(
        () => undefined,
        (reason: unknown) => reason,
      )
      if (error === undefined || LosslineError.isInstance(error)) continue
      raw.push(`${name}: ${String(error)}`)
    }
    expect(raw).toEqual([])
  })
})

test('an uncaught error shows what to do', () => {
  const error = (() => {
    try {
      return new Artifact('a', undefined as never)
    } catch (thrown) {
      return thrown
    }
  })()
  // What Node prints of one that nobody catches.
  expect(inspect(error)).toMatch(/^ArtifactError: An artifact has a name and a type[\s\S]*hint: .*Pass both/)
})
