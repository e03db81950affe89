import { expect, test } from 'vitest'
import { createHistory, recordStep, redoStep, stepCountMax, undoStep } from './edit-history.ts'

test('goes back and forth, and forgets what was undone once something else is done', () => {
  let history = recordStep(createHistory<string>(), { label: 'one', before: 'a', atMs: 0 })
  history = recordStep(history, { label: 'two', before: 'b', atMs: 5000 })
  const back = undoStep(history, 'c')!
  expect([back.state, back.label]).toEqual(['b', 'two'])
  const start = undoStep(back.history, 'b')!
  expect([start.state, undoStep(start.history, 'a')]).toEqual(['a', undefined])
  const again = redoStep(start.history, 'a')!
  expect([again.state, redoStep(again.history, 'b')!.state]).toEqual(['b', 'c'])
  const other = recordStep(back.history, { label: 'three', before: 'b', atMs: 9000 })
  expect(redoStep(other, 'd')).toBeUndefined()
})

test('a slider that is dragged is one step, however long', () => {
  let history = createHistory<number>()
  for (let i = 0; i < 20; i++) history = recordStep(history, { label: 'Smoothing', before: i, atMs: i * 600 })
  expect(history.past.map(({ state }) => state)).toEqual([0])
  history = recordStep(history, { label: 'Smoothing', before: 20, atMs: 20 * 600 + 5000 })
  expect(history.past.map(({ state }) => state)).toEqual([0, 20])
})

test('a step by itself is joined with none, neither before nor after', () => {
  let history = recordStep(createHistory<string>(), { label: 'Remove', before: 'a', atMs: 0, isAlone: true })
  history = recordStep(history, { label: 'Remove', before: 'b', atMs: 10, isAlone: true })
  history = recordStep(history, { label: 'Remove', before: 'c', atMs: 20 })
  expect(history.past.map(({ state }) => state)).toEqual(['a', 'b', 'c'])
})

test('keeps the last hundred', () => {
  let history = createHistory<number>()
  for (let i = 0; i < 250; i++) history = recordStep(history, { label: String(i), before: i, atMs: i })
  expect([history.past.length, history.past[0]!.state]).toEqual([stepCountMax, 150])
})
