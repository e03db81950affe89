// What has to be true of the portable modules in every JavaScript engine. Bundled for a browser by the test beside it.
import {
  createFramer,
  createHistoryEncoder,
  createRunState,
  createScanner,
  decodeRecord,
  decodeSeriesFrame,
  encodePng,
  encodeRecord,
  encodeSeriesFrame,
  encodeWav,
  type JsonValue,
  md5,
  parseJson,
  parseTable,
  readImageHeader,
  stringifyJson,
  type TableColumn,
  toArtifactTableText,
  toHex,
  type WandbRecord,
} from '@lossline/protocol'
import fc from 'fast-check'
import { createConfigTree } from '../../src/config/config-tree.ts'
import { createRedactor } from '../../src/redaction/redaction.ts'
import { toSparkline } from '../../src/run/sparkline.ts'
import { environmentLayer, resolveSettings } from '../../src/settings/resolve-settings.ts'
import { toLeaves } from '../../src/values/to-leaves.ts'

/** Which examples the checks try: no setup file of vitest does it in a browser. */
export const configureExamples: typeof fc.configureGlobal = fc.configureGlobal

function expectEqual(actual: unknown, expected: unknown): void {
  const [left, right] = [fc.stringify(actual), fc.stringify(expected)]
  if (left !== right) throw new Error(`${left} is not ${right}`)
}

const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, Infinity, -Infinity, 2 ** 53))
const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.double({ noDefaultInfinity: false }).map((value) => (value === 0 ? 0 : value)),
    text,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(text, tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

/** Each throws when it does not hold. */
export const checks: Readonly<Record<string, () => void>> = {
  'JSON with NaN is read back as it was written'() {
    fc.assert(fc.property(json, (value) => expectEqual(parseJson(stringifyJson(value as JsonValue)), value)))
  },
  'records come back through frames, in whatever pieces they arrive'() {
    const payload = fc.uint8Array({ maxLength: 70_000 })
    fc.assert(
      fc.property(fc.array(payload, { maxLength: 5 }), fc.integer({ min: 1, max: 40_000 }), (payloads, pieceBytes) => {
        const framer = createFramer()
        for (const each of payloads) framer.append(each)
        const bytes = framer.bytes()
        const scanner = createScanner()
        const read: Uint8Array[] = []
        for (let start = 0; start < bytes.length; start += pieceBytes) {
          for (const event of scanner.push(bytes.subarray(start, start + pieceBytes))) {
            if (event.kind === 'record') read.push(event.payload.slice())
          }
        }
        expectEqual(read.map(toHex), payloads.map(toHex))
      }),
      { numRuns: 30 },
    )
  },
  'a row of numbers has the bytes of the general encoding'() {
    const path = fc.array(text, { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(fc.tuple(path, number), { maxLength: 8 }), fc.nat(), (items, step) => {
        const encoder = createHistoryEncoder(items.map(([labels]) => labels))
        const target = new Uint8Array(encoder.bytesMax)
        const values = Float64Array.from(items, ([, value]) => value)
        const fields = { num: 3, step, timestampSeconds: 1.5, runtimeSeconds: 2 }
        const end = encoder.encodeInto(target, 0, { ...fields, values, valuesOffset: 0 })
        const decoded = decodeRecord(target.slice(0, end))
        expectEqual(toHex(encodeRecord(decoded)), toHex(target.slice(0, end)))
      }),
    )
  },
  'records make the state of a run'() {
    const records: WandbRecord[] = [
      { num: 1, kind: 'run', run: { runId: 'a', project: 'p', startTime: { seconds: 1 } } },
      { num: 2, kind: 'summary', summary: { update: [{ nestedKey: ['loss'], valueJson: 'NaN' }] } },
      { num: 3, kind: 'exit', exit: { exitCode: 3 } },
    ]
    const state = createRunState()
    for (const record of records) state.apply(decodeRecord(encodeRecord(record)))
    expectEqual([state.run?.runId, state.summary(), state.exit?.exitCode], ['a', { loss: Number.NaN }, 3])
  },
  'series frames keep every bit'() {
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { maxLength: 50 }), (points) => {
        const column = (position: 0 | 1) => Float64Array.from(points, (point) => point[position])
        const series = {
          kind: 'raw' as const,
          runId: 'r',
          revision: 1,
          pointCount: points.length,
          hiddenPointCount: 0,
          extent: [0, 1] as const,
          nonFinite: { x: new Float64Array(), value: new Float64Array() },
          x: column(0),
          y: column(1),
          smoothed: column(1),
        }
        const grid = { from: 0, to: 1, count: 1, scale: 'linear' as const }
        const [decoded] = decodeSeriesFrame(encodeSeriesFrame({ grid, series: [series] })).series
        expectEqual(decoded?.kind === 'raw' ? [[...decoded.x], [...decoded.y]] : [], [[...series.x], [...series.y]])
      }),
    )
  },
  'images, sounds and digests'() {
    // Stored instead of compressed: a zlib stream of one block, as a browser makes one without Node's zlib.
    const store = (bytes: Uint8Array): Uint8Array => Uint8Array.of(0x78, 0x01, ...bytes)
    const image = { data: new Uint8Array(12), width: 2, height: 2, channels: 3 } as const
    const { width, height } = readImageHeader(encodePng(image, { deflate: store })) ?? {}
    expectEqual([width, height], [2, 2])
    const wav = encodeWav({ data: Float32Array.of(0, 1, -1), channelCount: 1, sampleRate: 8000 })
    expectEqual([wav.length, String.fromCharCode(...wav.subarray(0, 4))], [50, 'RIFF'])
    expectEqual(toHex(md5(new TextEncoder().encode('abc'))), '900150983cd24fb0d6963f7d28e17f72')
  },
  'a table is read back as it was written'() {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 20 }), (numbers) => {
        const columns: TableColumn[] = [
          {
            name: 'n',
            type: { kind: 'number' },
            cells: { kind: 'numbers', values: Float64Array.from(numbers), isFloat: false },
          },
        ]
        const options = { logMode: 'IMMUTABLE', toMediaJson: () => null } as const
        const written = [...toArtifactTableText(columns, numbers.length, options)].join('')
        const { columns: names, rows } = parseTable(parseJson(written))
        expectEqual([names, rows], [['n'], numbers.map((value) => [value])])
      }),
    )
  },
  'nested values become leaves'() {
    fc.assert(
      fc.property(fc.dictionary(text, json, { noNullPrototype: true }), (row) => {
        const leaves = toLeaves(row, { destination: 'history', onSkip() {} })
        for (const leaf of leaves) {
          if (!('json' in leaf)) throw new Error('a number became media')
          const value = leaf.path.reduce<unknown>((at, label) => (at as Record<string, unknown>)[label], row)
          expectEqual(parseJson(leaf.json), value)
        }
      }),
    )
  },
  'a config tree merges leaf by leaf and refuses changes'() {
    const tree = createConfigTree({ optimizer: { name: 'sgd' } })
    tree.merge({ optimizer: { momentum: 0.9 } }, { allowValChange: false })
    expectEqual(JSON.stringify(tree.read([])), '{"optimizer":{"name":"sgd","momentum":0.9}}')
    try {
      tree.merge({ optimizer: { name: 'adam' } }, { allowValChange: false })
    } catch {
      return
    }
    throw new Error('a value was changed')
  },
  'settings, redaction and pictures need no Node'() {
    const settings = resolveSettings([environmentLayer({ WANDB_X_STATS_SAMPLING_INTERVAL: '2', LOSSLINE_TAGS: 'a,b' })])
    expectEqual(settings, { tags: ['a', 'b'], systemMetricsIntervalMs: 2000 })
    expectEqual(createRedactor(['sekret-value']).text('x sekret-value', 'here').includes('sekret'), false)
    expectEqual(toSparkline([0, 1], 2), '▁█')
  },
}
