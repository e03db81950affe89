import { expect, test } from 'vitest'
import type { GridRow } from './grid-rows.ts'
import { panelInDirection } from './panel-focus.ts'

const row = (...ids: readonly string[]) => ({ kind: 'panels', panels: ids.map((id) => ({ id })) }) as unknown as GridRow
const rows = [
  { kind: 'section' } as GridRow,
  row('a', 'b', 'c'),
  row('d'),
  { kind: 'section' } as GridRow,
  row('e', 'f'),
]
const way = (from: string, ...keys: readonly string[]): string | undefined =>
  keys.reduce<string | undefined>((at, key) => (at === undefined ? at : panelInDirection(rows, at, key)), from)

test('arrow keys go through the panels of all sections', () => {
  expect(way('a', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight')).toBe('e')
  expect(way('e', 'ArrowLeft')).toBe('d')
  // A row that is shorter has its last panel below.
  expect(way('c', 'ArrowDown')).toBe('d')
  expect(way('b', 'ArrowDown', 'ArrowDown')).toBe('e')
  expect(way('f', 'ArrowUp')).toBe('d')
  expect([way('c', 'Home'), way('a', 'End')]).toEqual(['a', 'f'])
  expect([way('a', 'ArrowUp'), way('f', 'ArrowRight'), way('a', 'x'), way('gone', 'Home')]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
