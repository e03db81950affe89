import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodeKeyPath,
  decodeSeriesFrame,
  decodeSeriesFrames,
  encodeKeyPath,
  encodeSeriesFrame,
  fromWireConfig,
  fromWireMetrics,
  fromWireTelemetry,
  generateDisplayName,
  generateRunId,
  joinSeriesFrames,
  LosslineError,
  ProtocolError,
  parseEntityName,
  parseFileStreamRequest,
  parseProjectName,
  parseRunId,
  parseTag,
  type Series,
  toHistoryLine,
  toIsoTime,
  toWireConfig,
  toWireEnvironment,
  toWireMetrics,
  toWireTelemetry,
  unwrapConfig,
} from '../src/index.ts'

describe('key paths', () => {
  const label = fc.string({ unit: fc.constantFrom('a', '.', '\\', '/', 'é') })

  test('labels survive, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(label, { minLength: 1 }), (labels) => {
        expect(decodeKeyPath(encodeKeyPath(labels))).toEqual(labels)
      }),
    )
  })

  test('two examples', () => {
    expect(encodeKeyPath(['val', 'a.b\\c'])).toBe('val.a\\.b\\\\c')
    expect(decodeKeyPath('train/loss.x\\y')).toEqual(['train/loss', 'x\\y'])
  })
})

describe('series frames', () => {
  // Among them those that are written in shorter forms: whole numbers of every size, and steps of equal length.
  const whole = fc.oneof(fc.nat(300), fc.nat(70_000), fc.nat(), fc.constant(2 ** 32 - 1))
  const steps = fc
    .record({ first: fc.nat(), distance: fc.nat(1000), length: fc.nat(20) })
    .map(({ first, distance, length }) => Array.from({ length }, (_, i) => first + i * distance))
  // One number again and again, such as NaN in the band of a group of one, is a step without length unless JSON cannot say it.
  const constants = (value: fc.Arbitrary<number>): fc.Arbitrary<readonly number[]> =>
    fc
      .tuple(fc.oneof(fc.constantFrom(Number.NaN, Infinity, -0), value), fc.nat(20))
      .map(([one, length]) => Array.from({ length }, () => one))
  const numbers = (value: fc.Arbitrary<number>): fc.Arbitrary<readonly number[]> =>
    fc.oneof(fc.array(value, { maxLength: 20 }), fc.array(whole, { maxLength: 20 }), steps, constants(value))
  const doubles = numbers(fc.oneof(fc.double(), fc.float(), fc.constant(-0))).map((values) => Float64Array.from(values))
  const floats = numbers(fc.oneof(fc.float(), fc.constant(-0))).map((values) => Float32Array.from(values))
  const counts = fc.oneof(fc.array(whole, { maxLength: 20 }), steps).map((values) => Uint32Array.from(values))
  const grid = fc.record({
    from: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
    to: fc.nat(),
    count: fc.nat(),
    scale: fc.constantFrom('linear' as const, 'log' as const),
  })
  const ofRun = { runId: fc.string({ unit: 'grapheme' }), revision: fc.nat() }
  const common = {
    pointCount: fc.nat(),
    hiddenPointCount: fc.nat(),
    extent: fc.tuple(fc.constantFrom(Number.NaN, 0, 1.5), fc.constantFrom(Number.NaN, 2, 1e9)),
    nonFinite: fc.record({ x: doubles, value: doubles }),
  }
  const series: fc.Arbitrary<Series> = fc.oneof(
    fc.record(
      {
        ...common,
        ...ofRun,
        kind: fc.constant('raw' as const),
        x: doubles,
        y: doubles,
        smoothed: doubles,
        isReordered: fc.constant(true),
        order: counts.filter(({ length }) => length > 0),
      },
      {
        requiredKeys: [
          'pointCount',
          'hiddenPointCount',
          'extent',
          'nonFinite',
          'runId',
          'revision',
          'kind',
          'x',
          'y',
          'smoothed',
        ],
      },
    ),
    fc.record({
      ...common,
      ...ofRun,
      kind: fc.constant('buckets' as const),
      index: counts,
      count: counts,
      first: floats,
      min: floats,
      max: floats,
      last: doubles,
      lastX: doubles,
      smoothed: doubles,
      mean: floats,
    }),
    fc.record({
      ...common,
      kind: fc.constant('group' as const),
      name: fc.string({ unit: 'grapheme' }),
      size: fc.nat(),
      grid,
      index: counts,
      runCount: counts,
      x: doubles,
      centre: doubles,
      low: doubles,
      high: doubles,
    }),
  )
  const frame = fc.record(
    { grid, series: fc.array(series, { maxLength: 5 }), smoothingRange: fc.constantFrom(1, 0.25, 2 ** 40) },
    { requiredKeys: ['grid', 'series'] },
  )

  test('what is written is read, at any alignment', () => {
    fc.assert(
      fc.property(frame, fc.nat(9), (value, shift) => {
        const bytes = encodeSeriesFrame(value)
        const moved = new Uint8Array(shift + bytes.length)
        moved.set(bytes, shift)
        expect(decodeSeriesFrame(moved.subarray(shift))).toEqual(value)
      }),
    )
  })

  test('several frames one after the other are read in their order', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 4 }), (values) => {
        const bytes = joinSeriesFrames(values.map(encodeSeriesFrame))
        expect(decodeSeriesFrames(bytes)).toEqual(values)
        if (bytes.length === 0) return
        expect(() => decodeSeriesFrames(bytes.subarray(0, -9))).toThrow(
          expect.objectContaining({ code: 'invalid-frame' }),
        )
      }),
    )
  })

  test('aligned arrays are views', () => {
    const x = Float64Array.of(0.1, 0.7)
    const empty = new Float64Array()
    const bytes = encodeSeriesFrame({
      grid: { from: 0, to: 1, count: 16, scale: 'linear' },
      series: [
        {
          kind: 'raw',
          runId: 'r',
          revision: 1,
          pointCount: 2,
          hiddenPointCount: 0,
          extent: [1, 2],
          nonFinite: { x: empty, value: empty },
          x,
          y: x,
          smoothed: empty,
        },
      ],
    })
    const [decoded] = decodeSeriesFrame(bytes).series
    expect(decoded?.kind === 'raw' && decoded.x.buffer).toBe(bytes.buffer)
  })

  test('columns that say little take little', () => {
    const empty = new Float64Array()
    const count = 1000
    const column = (toValue: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => toValue(i))
    const sizeOf = (x: Float64Array, y: Float64Array) =>
      encodeSeriesFrame({
        grid: { from: 0, to: 1, count: 16, scale: 'linear' },
        series: [
          {
            kind: 'raw',
            runId: 'r',
            revision: 1,
            pointCount: count,
            hiddenPointCount: 0,
            extent: [0, 1],
            nonFinite: { x: empty, value: empty },
            x,
            y,
            smoothed: empty,
          },
        ],
      }).length
    const nothing = sizeOf(empty, empty)
    const grown = (y: Float64Array) => Math.floor((sizeOf(empty, y) - nothing) / count)
    expect(grown(column((i) => 64 * i))).toBe(0)
    expect(grown(column((i) => i % 7))).toBe(1)
    expect(grown(column((i) => (i % 7) * 1000))).toBe(2)
    expect(grown(column((i) => (i % 7) * 1e6))).toBe(4)
    expect(grown(column((i) => Math.fround(Math.sin(i))))).toBe(4)
    expect(grown(column(Math.sin))).toBe(8)
  })

  test('what is no frame, or only a part of one, is refused', () => {
    const bytes = encodeSeriesFrame({
      grid: { from: 0, to: 1, count: 16, scale: 'linear' },
      series: [
        {
          kind: 'raw',
          runId: 'r',
          revision: 1,
          pointCount: 0,
          hiddenPointCount: 0,
          extent: [1, 2],
          nonFinite: { x: Float64Array.of(1), value: Float64Array.of(1) },
          x: Float64Array.of(1),
          y: Float64Array.of(1),
          smoothed: new Float64Array(),
        },
      ],
    })
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => decodeSeriesFrame(bytes.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'invalid-frame' }),
      )
    }
    const newer = bytes.slice()
    newer[4] = 5
    expect(() => decodeSeriesFrame(newer)).toThrow(/version 5/)
  })
})

describe('file_stream requests', () => {
  test('everything that we know, and nothing else', () => {
    const request = {
      files: {
        'wandb-history.jsonl': { offset: 3, content: ['{"a":NaN}'] },
        'output.log': { offset: 0, content: ['x'] },
      },
      uploaded: ['a b.txt'],
      preempting: true,
      complete: true,
      exitcode: 255,
    }
    const text = JSON.stringify({ ...request, dropped: 0, failed: false, files: { ...request.files, 'other.txt': 5 } })
    expect(parseFileStreamRequest(text)).toEqual(request)
    expect(parseFileStreamRequest('{}')).toEqual({})
    expect(parseFileStreamRequest('{"files":null,"complete":null,"exitcode":null}')).toEqual({})
    expect(parseFileStreamRequest('{"files":{"output.log":{}}}')).toEqual({
      files: { 'output.log': { offset: 0, content: [] } },
    })
  })

  test.each([
    '[]',
    '{"files":[]}',
    '{"files":{"output.log":[]}}',
    '{"files":{"output.log":{"offset":-1}}}',
    '{"files":{"output.log":{"offset":1.5}}}',
    '{"files":{"output.log":{"content":[1]}}}',
    '{"uploaded":"a"}',
    '{"complete":1}',
    '{"exitcode":"0"}',
  ])('%s is refused', (text) => {
    expect(() => parseFileStreamRequest(text)).toThrow(expect.objectContaining({ code: 'invalid-request' }))
  })

  test('a body that is no JSON', () => {
    expect(() => parseFileStreamRequest('{"files"')).toThrow(expect.objectContaining({ code: 'invalid-json' }))
  })
})

describe('encodings in the config', () => {
  test('wrapping', () => {
    const config = { lr: 0.1, 'a.b': { value: 1 }, list: [1], ['__proto__']: 'x' }
    expect(fromWireConfig(toWireConfig(config))).toEqual(config)
    expect(
      unwrapConfig({ a: { desc: null, value: 2 }, b: 3, c: { value: 1, other: 2 }, _wandb: { value: {} } }),
    ).toEqual({
      a: 2,
      b: 3,
      c: 1,
      _wandb: {},
    })
    expect(fromWireConfig({ wandb_version: 1, a: { desc: null, value: 2 }, b: 3, c: { value: 1, other: 2 } })).toEqual({
      a: 2,
      b: 3,
      c: { value: 1, other: 2 },
    })
  })

  test('metric definitions: the step metric by its place, added where nobody defined it', () => {
    const metrics = [
      {
        name: 'val/loss',
        stepMetric: 'epoch',
        options: { stepSync: true, defined: true },
        summary: { min: true, first: true },
        goal: 'minimize',
      },
      { globName: 'train/*', stepMetric: 'epoch', options: { hidden: true }, summary: {} },
    ] as const
    const wire = toWireMetrics(metrics)
    expect(wire).toEqual([
      { 1: 'val/loss', 5: 3, 6: [1, 3], 7: [1, 8], 8: 1 },
      { 2: 'train/*', 5: 3, 6: [2], 7: [] },
      { 1: 'epoch', 6: [], 7: [] },
    ])
    expect(fromWireMetrics(wire)).toEqual([...metrics, { name: 'epoch', options: {}, summary: {} }])
    expect(fromWireMetrics([{ 1: 'a', 4: 'step', 6: [99] }, 5, {}, null])).toMatchObject([
      { name: 'a', stepMetric: 'step' },
    ])
    expect(fromWireMetrics(undefined)).toEqual([])
  })

  test('telemetry, unknown bits included', () => {
    const wire = { 1: [2, 5000], 3: [7, 78], 4: '22', 5: '1.0', 8: [1], 9: { 1: 'code' }, 12: 'core', 13: 'linux' }
    const telemetry = fromWireTelemetry(wire)
    expect(telemetry).toMatchObject({
      feature: { metric: true, table: true },
      env: { jupyter: true },
      cliVersion: '1.0',
    })
    expect(toWireTelemetry(telemetry)).toEqual(wire)
  })

  test('environment', () => {
    expect(
      toWireEnvironment({
        os: 'linux',
        startedAt: { seconds: 1_795_485_819, nanos: 940_359_000 },
        cpuCount: 2,
        gpuType: 'x',
        memory: { total: 2n ** 60n },
        disk: { '/': { total: 5, used: 1 } },
        gpuNvidia: [{ name: 'n', memoryTotal: 7 }],
        slurm: { job_id: '1' },
        git: { remoteUrl: 'r', commit: 'c' },
        info: { streamId: 's' },
      }),
    ).toEqual({
      os: 'linux',
      startedAt: '2026-11-24T02:03:39.940359Z',
      cpu_count: 2,
      gpu: 'x',
      memory: { total: '1152921504606846976' },
      disk: { '/': { total: '5', used: '1' } },
      gpu_nvidia: [{ name: 'n', memoryTotal: '7' }],
      slurm: { job_id: '1' },
      git: { remote: 'r', commit: 'c' },
    })
    expect(toIsoTime({ seconds: 0 })).toBe('1970-01-01T00:00:00Z')
    expect(toIsoTime({ seconds: 1, nanos: 5 })).toBe('1970-01-01T00:00:01.000000005Z')
  })
})

test('history lines: values as they are written, bad ones left out, the last of a key', () => {
  expect(
    toHistoryLine({
      item: [
        { nestedKey: ['a'], valueJson: '1.0e5' },
        { key: 'b"', valueJson: '[NaN]' },
        { key: 'c', valueJson: 'oops' },
        { key: 'd' },
      ],
    }),
  ).toBe('{"a":1.0e5,"b\\"":[NaN]}')
  expect(
    toHistoryLine({
      item: [
        { nestedKey: ['a', 'b'], valueJson: '1' },
        { nestedKey: ['a', 'c'], valueJson: '2' },
      ],
    }),
  ).toBe('{"a":{"b":1,"c":2}}')
  expect(toHistoryLine({})).toBe('{}')
})

describe('names', () => {
  test('generated ids are taken by the parser', () => {
    for (let index = 0; index < 200; index += 1) expect(parseRunId(generateRunId())).toMatch(/^[a-z0-9]{8}$/)
  })

  test.each([
    '',
    ' a',
    'a ',
    'a/b',
    'a:b',
    'a;b',
    'a,b',
    'a#b',
    'a?b',
    "a'b",
    'a\\b',
    'a\nb',
    '.',
    '..',
    'x'.repeat(129),
  ])('run id %j', (text) => {
    expect(() => parseRunId(text)).toThrow(expect.objectContaining({ code: 'invalid-name' }))
  })

  test.each(['', 'a/b', 'a\\b', 'a#b', 'a?b', 'a%b', 'a:b', '..', 'x'.repeat(129)])('project %j', (text) => {
    expect(() => parseProjectName(text)).toThrow(ProtocolError)
    expect(() => parseEntityName(text)).toThrow(ProtocolError)
  })

  test('what is allowed', () => {
    expect(parseProjectName('größe & 日本')).toBe('größe & 日本')
    expect(parseTag('x'.repeat(64))).toHaveLength(64)
    expect(() => parseTag('')).toThrow(ProtocolError)
    expect(() => parseTag('x'.repeat(65))).toThrow(ProtocolError)
  })

  test('display names are two words', () => {
    expect(generateDisplayName(() => 0)).toMatchInlineSnapshot(`"amber-anchor"`)
    expect(generateDisplayName(() => 0.999_999)).toMatch(/^young-wren$/)
  })
})

test('errors of another copy of the package are told apart from others', () => {
  const error = new LosslineError({ code: 'x', message: 'm', hint: 'h', cause: 5 })
  expect(error).toMatchObject({ code: 'x', message: 'm', hint: 'h', cause: 5, name: 'LosslineError' })
  expect(LosslineError.isInstance({ [Symbol.for('lossline.error')]: true })).toBe(true)
  expect(LosslineError.isInstance(new Error('m'))).toBe(false)
  expect(LosslineError.isInstance(null)).toBe(false)
})
