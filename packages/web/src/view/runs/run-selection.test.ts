import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  defaultRunSelection,
  invertSelection,
  isRunVisible,
  parseRunSelection,
  type RunSelection,
  showGroup,
  showOnly,
  stringifyRunSelection,
  toggleRun,
} from './run-selection.ts'

const ids = Array.from({ length: 30 }, (_, i) => `run${i}`)
const isVisible = (selection: RunSelection, runId: string, index: number) => isRunVisible(selection, { runId }, index)
const visibleRunIds = (selection: RunSelection, runIds: readonly string[]) =>
  runIds.filter((runId, index) => isVisible(selection, runId, index))
const toggle = (selection: RunSelection, index: number) =>
  toggleRun(selection, ids[index]!, isVisible(selection, ids[index]!, index))

test('ten runs are drawn when nobody has chosen', () => {
  expect(visibleRunIds(defaultRunSelection, ids)).toEqual(ids.slice(0, 10))
})

test('the eye flips one run and no other, whatever was chosen before', () => {
  const base = fc.constantFrom<RunSelection['base']>({ kind: 'first', count: 5 }, { kind: 'all' }, { kind: 'none' })
  fc.assert(
    fc.property(base, fc.array(fc.nat(29), { maxLength: 12 }), fc.nat(29), (kind, before, index) => {
      let selection: RunSelection = { base: kind, shown: [], hidden: [] }
      for (const at of before) selection = toggle(selection, at)
      const toggled = toggle(selection, index)
      ids.forEach((id, i) => {
        expect(isVisible(toggled, id, i)).toBe(i === index ? !isVisible(selection, id, i) : isVisible(selection, id, i))
      })
    }),
  )
})

test('a run hidden by hand stays hidden when newer runs push it out of the first ten', () => {
  const hidden = toggle(defaultRunSelection, 3)
  const newer = ['new1', 'new2', 'new3', 'new4', 'new5', 'new6', 'new7', 'new8', ...ids]
  expect(visibleRunIds(hidden, newer)).not.toContain('run3')
})

test('only this run, and back', () => {
  const before = toggle(defaultRunSelection, 20)
  const only = showOnly(before, 'run7', undefined)
  expect(visibleRunIds(only, ids)).toEqual(['run7'])
  expect(showOnly(only, 'run7', before)).toEqual(before)
})

test('inverted, what was drawn is not, and what was not is; twice changes nothing', () => {
  const base = fc.constantFrom<RunSelection['base']>({ kind: 'first', count: 5 }, { kind: 'all' }, { kind: 'none' })
  fc.assert(
    fc.property(base, fc.array(fc.nat(29), { maxLength: 12 }), (kind, before) => {
      let selection: RunSelection = { base: kind, shown: [], hidden: [] }
      for (const at of before) selection = toggle(selection, at)
      const visible = visibleRunIds(selection, ids)
      const inverted = invertSelection(selection, visible)
      const others = visibleRunIds(inverted, ids)
      expect([...visible, ...others].sort()).toEqual([...ids].sort())
      expect(visibleRunIds(invertSelection(inverted, others), ids)).toEqual(visible)
    }),
  )
})

test('only what runs at the moment', () => {
  const running: RunSelection = { base: { kind: 'running' }, shown: ['a'], hidden: ['b'] }
  const drawn = (runId: string, state: 'running' | 'finished') => isRunVisible(running, { runId, state }, 0)
  expect([drawn('x', 'running'), drawn('x', 'finished'), drawn('a', 'finished'), drawn('b', 'running')]).toEqual([
    true,
    false,
    true,
    false,
  ])
  expect(parseRunSelection(stringifyRunSelection(running))).toEqual(running)
})

describe('groups', () => {
  /** Every third run has lr 0.1, the others have none. */
  const lr = (index: number) => (index % 3 === 0 ? 0.1 : null)
  const group = (value: number | null, isShown: boolean) => ({ values: [['config.lr', value]] as const, isShown })
  const drawn = (selection: RunSelection, isGrouped = true) =>
    ids.filter((runId, index) =>
      isRunVisible(selection, { runId }, index, (key) => (isGrouped && key === 'config.lr' ? lr(index) : undefined)),
    )
  const none: RunSelection = { base: { kind: 'none' }, shown: [], hidden: [] }
  const members = ids.filter((_, index) => lr(index) === 0.1)

  test('are drawn or not whoever is in them, also later ones; what single eyes said of their runs is over', () => {
    expect(drawn(showGroup(none, group(0.1, true), []))).toEqual(members)
    const single: RunSelection = { base: { kind: 'all' }, shown: ['run3'], hidden: ['run6', 'run7'] }
    const hidden = showGroup(single, group(0.1, false), members)
    expect(drawn(hidden)).toEqual(ids.filter((id) => !members.includes(id) && id !== 'run7'))
    expect(drawn(showGroup(hidden, group(0.1, true), members))).toEqual(ids.filter((id) => id !== 'run7'))
    expect(drawn(hidden, false)).toEqual(ids.filter((id) => id !== 'run7'))
  })

  test('give way to the eye of a single run', () => {
    const shown = showGroup(none, group(0.1, true), [])
    expect(drawn(toggleRun(shown, 'run3', true))).toEqual(members.filter((id) => id !== 'run3'))
    const hidden = showGroup({ ...none, base: { kind: 'all' } }, group(0.1, false), [])
    expect(drawn(toggleRun(hidden, 'run3', false))).toContain('run3')
  })

  test('are inverted with the rest', () => {
    for (const kind of ['all', 'none'] as const) {
      const selection = showGroup(
        { base: { kind }, shown: ['run1'], hidden: ['run2'] },
        group(0.1, kind === 'none'),
        [],
      )
      const visible = drawn(selection)
      const inverted = invertSelection(selection, visible)
      expect([...drawn(inverted), ...visible].toSorted()).toEqual(ids.toSorted())
    }
  })

  test('stand in the address', () => {
    const selection = showGroup(showGroup(none, group(0.1, true), []), group(null, false), [])
    expect(parseRunSelection(stringifyRunSelection(selection))).toEqual(selection)
    expect(parseRunSelection('none~~~[1],{},x,[1,["a"]]')).toEqual(none)
  })
})
