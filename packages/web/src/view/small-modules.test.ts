import { expect, test } from 'vitest'
import { parseAnsi } from './ansi.ts'
import { columnCount, toGridRows } from './grid-rows.ts'
import { toTreeRows } from './json-tree.ts'
import { nudgeSmoothing, smoothingNote } from './smoothing.ts'
import type { ShownSection } from './workspace/show-workspace.ts'
import { effectiveX, formatX, xExtent } from './x-axis.ts'

test('a tree is searched by path and by value, with what is above a match', () => {
  const tree = { optimizer: { name: 'adam', lr: 0.01 }, layers: { layer10: 1, layer2: 2 }, tags: ['a'], empty: {} }
  const paths = (search?: string): readonly string[] => toTreeRows(tree, search).map((row) => row.path.join('.'))
  expect(paths()).toEqual([
    'empty',
    'layers',
    'layers.layer2',
    'layers.layer10',
    'optimizer',
    'optimizer.lr',
    'optimizer.name',
    'tags',
  ])
  expect(paths('ADAM')).toEqual(['optimizer', 'optimizer.name'])
  expect(paths('optim')).toEqual(['optimizer', 'optimizer.lr', 'optimizer.name'])
  expect(paths('nothing')).toEqual([])
})

test('a closed section brings no panels', () => {
  const values = [{ key: 'x', title: 'x', bounds: undefined }]
  const panels = ['1', '2', '3'].map((id) => ({
    id,
    kind: '',
    config: {},
    title: id,
    isAutomatic: true,
    problem: undefined,
  }))
  const layout = { isPinned: false, columns: undefined, panelHeight: undefined, order: 'manual', settings: {} } as const
  const open: ShownSection = { ...layout, name: 'a', panels, values: [], runCount: 1, isOpen: true }
  const system: ShownSection = { ...open, values, name: 'System', isOpen: false }
  const kinds = (toggled: readonly string[]): readonly string[] =>
    toGridRows([open, system], toggled, { width: 800, runCount: 1 }).map(({ kind }) => kind)
  expect(kinds([])).toEqual(['section', 'panels', 'panels', 'section'])
  expect(kinds(['a', 'System'])).toEqual(['section', 'section', 'values', 'panels', 'panels'])
  expect(toGridRows([{ ...open, columns: 3 }], [], { width: 800, runCount: 1 })).toHaveLength(2)
  expect([columnCount(390, [open]), columnCount(1000, [open]), columnCount(4000, [open])]).toEqual([1, 3, 3])
})

test('terminal colours are read and other commands dropped', () => {
  expect(parseAnsi('plain')).toEqual([{ text: 'plain', color: undefined, isBold: false }])
  expect(parseAnsi('\u001b[1;31merror\u001b[0m: \u001b[38;5;208mx\u001b[2K\u001b]0;title\u0007y')).toEqual([
    { text: 'error', color: 1, isBold: true },
    { text: ': ', color: undefined, isBold: false },
    { text: 'x', color: undefined, isBold: false },
    { text: 'y', color: undefined, isBold: false },
  ])
})

test('smoothing keys go up from none and down to none', () => {
  const first = nudgeSmoothing({ kind: 'none' }, 1)
  expect(first).toEqual({ kind: 'time-weighted-ema', weight: 0.5 })
  let smoothing = first
  for (let i = 0; i < 20; i++) smoothing = nudgeSmoothing(smoothing, 1)
  expect(smoothing).toEqual({ kind: 'time-weighted-ema', weight: 0.999 })
  for (let i = 0; i < 25; i++) smoothing = nudgeSmoothing(smoothing, -1)
  expect(smoothing).toEqual({ kind: 'none' })
})

test('a weight is said in units of x', () => {
  // w = √0.81 = 0.9, half-life log(0.5)/log(0.9) = 6.58 thousandths of 1,024 steps.
  expect(smoothingNote({ kind: 'time-weighted-ema', weight: 0.81 }, 1000, 'steps')).toBe('half-life ≈ 6.7 steps')
  expect(smoothingNote({ kind: 'ema', weight: 0.9 }, undefined, 'steps')).toBe('half-life ≈ 6.6 points')
})

test('the x axis is what was chosen, else what the run defined, else the step', () => {
  const panel = { stream: 'history' as const, stepMetric: 'epoch' }
  expect(effectiveX({ kind: 'auto' }, panel)).toEqual({ kind: 'metric', key: 'epoch' })
  expect(effectiveX({ kind: 'step' }, panel)).toEqual({ kind: 'step' })
  expect(effectiveX({ kind: 'auto' }, { stream: 'history', stepMetric: null })).toEqual({ kind: 'step' })
  expect(effectiveX({ kind: 'step' }, { stream: 'events', stepMetric: null })).toEqual({ kind: 'relative' })
  expect(formatX({ kind: 'relative' }, 4800)).toBe('1h 20m')
  expect(
    xExtent({ kind: 'auto' }, [
      { lastStep: 9, runtimeSeconds: 1 },
      { lastStep: null, runtimeSeconds: 5 },
    ]),
  ).toBe(9)
})
