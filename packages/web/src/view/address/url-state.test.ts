import fc from 'fast-check'
import { expect, test } from 'vitest'
import { yScales } from '../chart/y-scale.ts'
import { mergeParams } from './address-store.ts'
import {
  defaultViewState,
  parseViewState,
  type SearchParams,
  tooltipOrders,
  toSearchParams,
  type ViewState,
} from './url-state.ts'
import { viewCodec } from './view-store.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const range = fc.tuple(finite, finite).filter(([from, to]) => from < to)
const weight = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0)
const amount = fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => value + 0)

const view: fc.Arbitrary<ViewState> = fc.record({
  runSet: text,
  query: text,
  sort: fc.array(fc.record({ key: name, isDescending: fc.boolean() }), { maxLength: 3 }),
  groupBy: fc.array(name, { maxLength: 3 }),
  columns: fc.option(fc.array(name, { minLength: 1, maxLength: 3 }), { nil: undefined }),
  baseline: fc.option(name, { nil: undefined }),
  pins: fc.uniqueArray(name, { maxLength: 3 }),
  runs: fc.record({
    base: fc.oneof(
      fc.record({ kind: fc.constant('first' as const), count: fc.integer({ min: 1, max: 999_999 }) }),
      fc.constant({ kind: 'all' as const }),
      fc.constant({ kind: 'none' as const }),
    ),
    shown: fc.uniqueArray(name, { maxLength: 4 }),
    hidden: fc.uniqueArray(name, { maxLength: 4 }),
  }),
  x: fc.oneof(
    fc.constantFrom(
      { kind: 'auto' as const },
      { kind: 'step' as const },
      { kind: 'relative' as const },
      { kind: 'relative-wall' as const },
      { kind: 'wall' as const },
    ),
    name.map((key) => ({ kind: 'metric' as const, key })),
  ),
  smoothing: fc.oneof(
    fc.constant({ kind: 'none' as const }),
    weight.map((value) => ({ kind: 'time-weighted-ema' as const, weight: value })),
    weight.map((value) => ({ kind: 'time-weighted-ema' as const, weight: value, range: 4096 })),
    weight.map((value) => ({ kind: 'ema' as const, weight: value })),
    amount.map((sigma) => ({ kind: 'gaussian' as const, sigma })),
    amount.map((window) => ({ kind: 'running-average' as const, window })),
  ),
  isLogX: fc.boolean(),
  yScale: fc.constantFrom(...yScales),
  ignoresOutliers: fc.boolean(),
  showsMarks: fc.boolean(),
  showsBest: fc.boolean(),
  breaksGaps: fc.boolean(),
  joinsAsLogged: fc.boolean(),
  showsOriginal: fc.boolean(),
  drawsEveryStroke: fc.boolean(),
  sharesYRange: fc.boolean(),
  syncsZoom: fc.boolean(),
  tooltipOrder: fc.constantFrom(...tooltipOrders),
  zoom: fc.option(fc.record({ xId: name, range }), { nil: undefined }),
  xZooms: fc
    .dictionary(name, fc.record({ xId: name, range }), { maxKeys: 3 })
    .map((zooms) => new Map(Object.entries(zooms))),
  yZooms: fc
    .dictionary(name, range, { maxKeys: 3, noNullPrototype: true })
    .map((zooms) => new Map(Object.entries(zooms))),
  panelSearch: text,
  tables: fc.uniqueArray(name, { maxLength: 3 }),
  toggledSections: fc.uniqueArray(name, { maxLength: 3 }),
})

test('a view comes back from its address as it was', () => {
  fc.assert(
    fc.property(view, (state) => {
      // The way through a real query string, as a pasted link takes it.
      const pasted = Object.fromEntries(new URLSearchParams(new URLSearchParams(toSearchParams(state)).toString()))
      expect(parseViewState(pasted)).toEqual(state)
    }),
  )
})

test('any query string gives some view', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('q', 'r', 'x', 'sm', 'lx', 'z', 'zy', 'mk', 'tt', 'ly', 'm', 'c', 'other'),
        fc.string(),
      ),
      (params) => {
        expect(parseViewState(params)).toMatchObject({ yZooms: expect.any(Map) })
      },
    ),
  )
})

test('an untouched view has no query string', () => {
  expect(toSearchParams(defaultViewState)).toEqual({})
  expect(parseViewState({})).toEqual(defaultViewState)
})

test('parameters that are not ours survive', () => {
  const current: SearchParams = { q: 'old', nw: 'view1' }
  expect(mergeParams(viewCodec, current, { ...defaultViewState, yScale: 'log' })).toEqual({ nw: 'view1', ly: '1' })
})

test('addresses stay readable', () => {
  const params = toSearchParams({
    ...defaultViewState,
    runs: { base: { kind: 'first', count: 20 }, shown: ['a1'], hidden: ['b2'] },
    x: { kind: 'metric', key: 'epoch' },
    smoothing: { kind: 'time-weighted-ema', weight: 0.6 },
    zoom: { xId: 'step', range: [100, 250.5] },
    yZooms: new Map([['val/loss', [0, 1]]]),
  })
  expect(params).toEqual({
    r: '20~a1~b2',
    x: 'metric:epoch',
    sm: 'twema:0.6',
    z: 'step~100~250.5',
    zy: 'val%2Floss~0~1',
  })
})
