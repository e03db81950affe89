import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  defaultRunSelection,
  isRunVisible,
  type RunSelection,
  showOnly,
  toggleRun,
  visibleRunIds,
} from './run-selection.ts'

const ids = Array.from({ length: 30 }, (_, i) => `run${i}`)

test('ten runs are drawn when nobody has chosen', () => {
  expect(visibleRunIds(defaultRunSelection, ids)).toEqual(ids.slice(0, 10))
})

test('the eye flips one run and no other, whatever was chosen before', () => {
  const base = fc.constantFrom<RunSelection['base']>({ kind: 'first', count: 5 }, { kind: 'all' }, { kind: 'none' })
  fc.assert(
    fc.property(base, fc.array(fc.nat(29), { maxLength: 12 }), fc.nat(29), (kind, before, index) => {
      let selection: RunSelection = { base: kind, shown: [], hidden: [] }
      for (const at of before) selection = toggleRun(selection, ids[at]!, at)
      const toggled = toggleRun(selection, ids[index]!, index)
      ids.forEach((id, i) => {
        expect(isRunVisible(toggled, id, i)).toBe(
          i === index ? !isRunVisible(selection, id, i) : isRunVisible(selection, id, i),
        )
      })
    }),
  )
})

test('a run hidden by hand stays hidden when newer runs push it out of the first ten', () => {
  const hidden = toggleRun(defaultRunSelection, 'run3', 3)
  const newer = ['new1', 'new2', 'new3', 'new4', 'new5', 'new6', 'new7', 'new8', ...ids]
  expect(visibleRunIds(hidden, newer)).not.toContain('run3')
})

test('only this run, and back', () => {
  const before = toggleRun(defaultRunSelection, 'run20', 20)
  const only = showOnly(before, 'run7', undefined)
  expect(visibleRunIds(only, ids)).toEqual(['run7'])
  expect(showOnly(only, 'run7', before)).toEqual(before)
})
