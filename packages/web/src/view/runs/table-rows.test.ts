import type { RunGroup, RunWithValues } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { createRunColorer } from '../workspace/run-colors.ts'
import { toFlatRows, toGroupedRows, withColoredRuns, withPinnedRows } from './table-rows.ts'

test('a row is the same each time that it is asked for, so that what draws it sees no change', () => {
  const runs = ['a', 'b'].map((runId) => ({ runId }) as RunWithValues)
  const rows = toFlatRows({ total: 3, runs, ensure: () => undefined })
  expect(rows.at(1)).toMatchObject({ kind: 'run', run: { runId: 'b' }, index: 1 })
  expect(rows.at(1)).toBe(rows.at(1))
  expect(rows.at(0)).not.toBe(rows.at(1))
  expect(rows.at(2)).toEqual({ kind: 'placeholder', text: undefined })
  expect(rows.at(2)).toBe(rows.at(2))
})

test('the same holds for rows of runs that are pinned or have other colours', () => {
  const runs = ['a', 'b'].map((runId) => ({ runId, number: 1, color: '', values: ['x'] }) as unknown as RunWithValues)
  const flat = toFlatRows({ total: 2, runs, ensure: () => undefined })
  const pinned = withPinnedRows(flat, runs.slice(0, 1))
  expect(pinned.at(0)).toBe(pinned.at(0))
  const view = { runColors: new Map([['a', '#ff0000']]), separated: [] }
  const inColor = createRunColorer(view, { kind: 'values', keys: ['k'], values: ['y', 'x'] })
  const colored = withColoredRuns(flat, inColor)
  expect([colored.at(0), colored.at(1)]).toMatchObject([{ run: { color: '#ff0000' } }, { run: { number: 2 } }])
  expect(colored.at(1)).toBe(colored.at(1))
  // Rows that are made anew show the run that was made before.
  const again = withColoredRuns(toFlatRows({ total: 2, runs, ensure: () => undefined }), inColor)
  expect(again.at(1)).toMatchObject({ run: inColor(runs[1]!) })
  expect(inColor(runs[1]!)).toBe(inColor(runs[1]!))
  const own = createRunColorer({ runColors: new Map(), separated: [] }, { kind: 'own' })
  expect(withColoredRuns(flat, own).at(0)).toBe(flat.at(0))
})

test('groups that read alike are still told from each other, and a text `none` from no value', () => {
  const groups = [null, 'none', 1, '1'].map((value) => ({ values: [value], runCount: 1 }) as unknown as RunGroup)
  const heads = toGroupedRows(['config.aug'], groups, new Map()).filter((row) => row.kind === 'group')
  expect(heads.map(({ name }) => name)).toEqual(['aug = –', 'aug = none', 'aug = 1', 'aug = 1'])
  expect(new Set(heads.map(({ id }) => id)).size).toBe(4)
  const opened = toGroupedRows(['config.aug'], groups, new Map([[heads[2]!.id, []]]))
  expect(opened.map((row) => row.kind === 'group' && row.isOpen)).toEqual([false, false, true, false, false])
})
