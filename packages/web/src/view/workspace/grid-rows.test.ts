import { expect, test } from 'vitest'
import { columnCount, toGridRows } from './grid-rows.ts'
import type { ShownSection } from './show-workspace.ts'

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
  const open: ShownSection = { ...layout, name: 'a', panels, values: [], metricKeys: [], runCount: 1, isOpen: true }
  const system: ShownSection = { ...open, values, name: 'System', isOpen: false }
  const kinds = (toggled: readonly string[]): readonly string[] =>
    toGridRows([open, system], toggled, { width: 800, isNarrow: false, runCount: 1 }).map(({ kind }) => kind)
  expect(kinds([])).toEqual(['section', 'panels', 'panels', 'section'])
  expect(kinds(['a', 'System'])).toEqual(['section', 'section', 'values', 'panels', 'panels'])
  const rowsOf = (section: ShownSection, width: number, isNarrow: boolean): number =>
    toGridRows([section], [], { width, isNarrow, runCount: 1 }).length - 1
  expect(rowsOf({ ...open, columns: 3 }, 800, false)).toBe(1)
  expect([rowsOf(open, 592, false), rowsOf({ ...open, columns: 3 }, 630, true)]).toEqual([2, 3])
  expect([columnCount(390, [open]), columnCount(1000, [open]), columnCount(4000, [open])]).toEqual([1, 3, 3])
  expect([columnCount(592, [open]), columnCount(560, [open])]).toEqual([2, 1])
})
