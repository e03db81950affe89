import { expect, test } from 'vitest'
import { askedOf, summedKeys, toGroupCell } from './group-cell.ts'
import { chosenColumns } from './table-columns.ts'

const [state, notes, runtime, loss] = chosenColumns(['run.state', 'run.notes', 'run.runtime', 'summary.loss'], [])
const group = { runCount: 4 }
const nowMs = Date.UTC(2026, 0, 8)

test('numbers of a group are their mean, and how far they lie apart', () => {
  const figures = { count: 3, mean: 0.5, standardDeviation: 0.1234, min: 0.25, max: 0.75 }
  expect(toGroupCell(group, loss!, { figures }, nowMs)).toEqual({
    kind: 'numbers',
    mean: '0.5',
    deviation: '± 0.12',
    title: 'Mean of 3 runs, 0.25 … 0.75',
  })
  const percent = { ...loss!, format: { kind: 'percent', digits: 0 } } as const
  expect(toGroupCell(group, percent, { figures }, nowMs)).toMatchObject({ mean: '50 %', deviation: '± 12 %' })
  const one = { ...figures, standardDeviation: null, mean: 4800 }
  expect(toGroupCell(group, runtime!, { figures: one }, nowMs)).toMatchObject({ mean: '1h 20m', deviation: undefined })
  expect(toGroupCell(group, loss!, { figures: { ...figures, mean: null } }, nowMs)).toBeUndefined()
})

test('texts of a group are the one that all have, or the most frequent ones', () => {
  const spread = (topValues: readonly (readonly [string | boolean, number])[], distinctCount = topValues.length) => ({
    bins: [],
    topValues: topValues.map(([value, runCount]) => ({ value, runCount })),
    distinctCount,
  })
  expect(toGroupCell(group, state!, { spread: spread([['finished', 4]]) }, nowMs)).toMatchObject({
    text: 'finished',
    isConstant: true,
  })
  // One run has none.
  expect(toGroupCell(group, state!, { spread: spread([['finished', 3]]) }, nowMs)).toMatchObject({
    text: 'Finished 3',
    isConstant: false,
  })
  expect(
    toGroupCell(
      group,
      loss!,
      {
        spread: spread(
          [
            ['a', 2],
            [true, 1],
            ['c', 1],
          ],
          5,
        ),
      },
      nowMs,
    ),
  ).toEqual({
    kind: 'texts',
    text: 'a 2 · true 1 · c 1 …',
    title: 'a 2, true 1, c 1, 2 more values',
    isConstant: false,
  })
  expect(toGroupCell(group, state!, { spread: spread([]) }, nowMs)).toBeUndefined()
})

test('where there are too many values to count, the cell says so', () => {
  const title = 'The groups have too many different values to count them'
  expect(toGroupCell(group, notes!, { spread: null }, nowMs)).toEqual({
    kind: 'texts',
    text: 'Too many values',
    title,
    isConstant: false,
  })
  const figures = { count: 3, mean: 0.5, standardDeviation: 0.1, min: 0.25, max: 0.75 }
  expect(toGroupCell(group, loss!, { figures, spread: null }, nowMs)?.title).toBe(
    `Mean of 3 runs, 0.25 … 0.75. ${title}`,
  )
})

test('fields that groups can tell of are asked for too', () => {
  const [figure] = chosenColumns(['metric.max:loss'], [])
  const [created, tags, id] = chosenColumns(['run.created', 'run.tags', 'run.id'], [])
  const columns = [state!, notes!, runtime!, loss!, figure!, created!, tags!, id!]
  expect(summedKeys(columns)).toEqual(columns.slice(0, -1).map(({ key }) => key))
  expect(columns.map(({ key }) => askedOf(key)).map(({ figures, spread }) => [figures, spread])).toEqual([
    [true, true],
    [false, true],
    [true, true],
    [true, true],
    [true, false],
    [true, false],
    [false, true],
    [true, true],
  ])
})

test('times of a group are the first and the last, and too many runs are no number', () => {
  const [created, figure] = chosenColumns(['run.created', 'metric.max:loss'], [])
  const times = { count: 2, mean: 0, standardDeviation: 1, min: nowMs - 2 * 86_400_000, max: nowMs - 3_600_000 }
  expect(toGroupCell(group, created!, { figures: times }, nowMs)).toMatchObject({
    text: '2 days ago … 1 h ago',
    isConstant: false,
  })
  const once = { ...times, max: times.min }
  expect(toGroupCell(group, created!, { figures: once }, nowMs)).toMatchObject({ text: '2 days ago', isConstant: true })
  expect(toGroupCell(group, figure!, { figures: null }, nowMs)).toMatchObject({ text: 'Too many runs' })
})
