import { encodeKeyPath, type Series } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { defaultViewState } from '../address/url-state.ts'
import { runStyle } from '../chart/palette.ts'
import { fitByteUnit, inByteUnit, readByteUnit } from './byte-unit.ts'
import { toHeatRows } from './heat-rows.ts'
import { toSystemGroups } from './system-charts.ts'
import { systemView } from './system-state.ts'

const metric = (name: string, stream: 'events' | 'history' = 'events') =>
  ({ key: encodeKeyPath([name]), stream, kind: 'number' }) as const

test('readings of several devices are lines of one chart, under the heading of what they are of', () => {
  const names = [
    'system.gpu.10.gpu',
    'system.gpu.2.gpu',
    'system.gpu.2.powerWatts',
    'system.gpu.process.2.memory',
    'system.cpu',
    'system.cpu.0.cpu_percent',
    'system.proc.memory.rssMB',
    'system.disk./data/set.1.usagePercent',
    'system.disk.\\.usagePercent',
    'system.disk.in',
    'system.network.sent',
    'system.something.new',
    'system.memory/l:worker 2',
    'system.memory/l:worker 1',
  ]
  const groups = toSystemGroups([...names.map((name) => metric(name)), metric('loss', 'history')])
  const shown = groups.map(({ name, charts }) => [
    name,
    charts.map(({ title, lines }) => [title, lines.map(({ device }) => device)]),
  ])
  expect(shown).toEqual([
    [
      'GPU',
      [
        ['GPU utilization (%)', ['GPU 2', 'GPU 10']],
        ['gpu process.memory', ['GPU 2']],
      ],
    ],
    [
      'CPU',
      [
        ['CPU utilization by core (%)', ['CPU 0']],
        ['CPU of the process (%)', ['all']],
      ],
    ],
    [
      'Memory',
      [
        ['Memory in use (%)', ['worker 1', 'worker 2']],
        ['Memory of the process (MB)', ['all']],
      ],
    ],
    [
      'Disk',
      [
        ['Disk in use (%)', ['/', '/data/set.1']],
        ['Read from disk (MB)', ['all']],
      ],
    ],
    ['Network', [['Sent over the network (bytes)', ['all']]]],
    ['Power', [['GPU power (W)', ['GPU 2']]]],
    ['Other', [['something.new', ['all']]]],
  ])
})

test('shares are drawn as parts of a whole, unless they may be more than it', () => {
  const names = ['system.memory', 'system.cpu', 'system.gpu.0.gpu', 'system.disk.in']
  const charts = toSystemGroups(names.map((name) => metric(name))).flatMap((group) => group.charts)
  expect(charts.filter(({ isShare }) => isShare).map(({ id }) => id)).toEqual(['gpu gpu', 'memory'])
})

test('a stretch of time has the mean of its readings, and none where nothing was read', () => {
  const none = new Float64Array()
  const series = {
    kind: 'raw',
    x: Float64Array.of(0, 1, 5, 7, 9, 11, 12, 50, 95, 100, 101),
    y: Float64Array.of(2, 4, Number.NaN, 3, 3, 3, 3, 3, 3, 8, 100),
    smoothed: none,
    nonFinite: { x: none, kind: new Uint8Array() },
    pointCount: 5,
    hiddenPointCount: 0,
  } as unknown as Series
  const line = { runId: 'r', label: 'GPU 0', style: runStyle(1, 'light'), series, grid: {} as never }
  const { rows, low, high } = toHeatRows([line], [0, 100], 20)
  const none20 = (count: number): number[] => Array<number>(count).fill(Number.NaN)
  // Nine readings in twenty stretches: each is held for five of them, and what lies between is a gap.
  expect([...(rows[0] ?? [])]).toEqual([
    ...Array<number>(7).fill(3),
    ...none20(3),
    ...Array<number>(5).fill(3),
    ...none20(4),
    5.5,
  ])
  expect([low, high]).toEqual([3, 5.5])
})

test('a live run shows its last ten minutes until somebody zooms', () => {
  const now = { isRecent: true, nowMs: 1_000_000_000 }
  expect(systemView(defaultViewState, now)).toMatchObject({
    x: { kind: 'wall' },
    zoom: { xId: 'wall', range: [999_400, 1_000_000] },
  })
  const zoomed = { ...defaultViewState, zoom: { xId: 'wall', range: [1, 2] } } as const
  expect(systemView(zoomed, now).zoom).toEqual(zoomed.zoom)
  expect(systemView(defaultViewState, { ...now, isRecent: false }).zoom).toBeUndefined()
})

test('bytes are drawn in the unit that they want, whatever the client counts in', () => {
  const [chart] = toSystemGroups([metric('system.proc.memory.rssMB')])[0]!.charts
  const unit = readByteUnit(chart!.title)!
  expect(unit.name).toBe('MB')
  expect([0, 0.5, 20, 1023, 1024, 5e6].map((largest) => fitByteUnit(largest, unit).name)).toEqual([
    'MB',
    'kB',
    'MB',
    'MB',
    'GB',
    'TB',
  ])
  expect(inByteUnit(chart!, unit, fitByteUnit(2400, unit))).toMatchObject({
    title: 'Memory of the process (GB)',
    lines: [{ device: 'all', expression: `\${system.proc.memory.rssMB} * 1048576 / 1073741824` }],
  })
  expect(inByteUnit(chart!, unit, unit)).toBe(chart)
  expect(['GPU power (W)', 'CPU of the process (%)', 'something.new'].map(readByteUnit)).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  const [odd] = toSystemGroups([metric('system.disk./a}b.usageGB')])[0]!.charts
  expect(inByteUnit(odd!, readByteUnit(odd!.title)!, unit)).toBe(odd)
})
