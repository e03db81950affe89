import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classification, EvaluationLogger, type EvaluationResult, regression } from '../src/index.ts'
import { expectClose } from './fixture.ts'

const onProblem = () => undefined

/** Whole numbers below a limit that depend on the row alone. */
function mix(row: number, limit: number): number {
  return ((Math.imul(row + 1, 2654435761) >>> 8) ^ (row >>> 3)) % limit
}

describe('a million rows', () => {
  const rowCount = 1_000_000

  test('leave no more behind than the bounds say, and counts are exact', async () => {
    const limits = { maxRows: 100, worstCount: 10, maxRecords: 2000, keptMegabytes: 1 }
    const evaluation = new EvaluationLogger({
      ...{ task: classification({ labels: ['no', 'yes'] }), onProblem, confidence: false, ...limits },
    })
    const scores = new Float32Array(2)
    let inputsMade = 0
    let correctCount = 0
    for (let row = 0; row < rowCount; row += 1) {
      const label = row & 1
      scores[1] = (mix(row, 1000) + 200 * label) / 1200
      scores[0] = 1 - scores[1]
      if ((scores[1] > scores[0] ? 1 : 0) === label) correctCount += 1
      evaluation.log({
        label,
        scores,
        inputs: () => {
          inputsMade += 1
          return { row }
        },
      })
    }
    const { metrics, basis, tables, records, notes } = await evaluation.finish()
    expect(metrics.accuracy).toBe(correctCount / rowCount)
    // A label and two scores of four bytes each.
    const keptCount = Math.floor(2 ** 20 / 12)
    expect(basis).toEqual({
      ...{ roc_auc: keptCount, average_precision: keptCount },
      ...{ best_threshold: keptCount, best_threshold_f1: keptCount },
    })
    expect([tables.predictions.length, tables.worst.length, tables.confidentWrong.length]).toEqual([100, 10, 10])
    expect(records.ids.length).toBe(2000)
    // Rows enter a reservoir about maxRows × ln(rows / maxRows) times after it is full.
    expect(inputsMade).toBeLessThan(5000)
    expect(notes).toHaveLength(3)
    // Of all pairs of a 0 and a 1, the share in which the 1 has the higher score.
    const expectedArea = 1 - 0.8 ** 2 / 2
    expect(metrics.roc_auc).toBeGreaterThan(expectedArea - 0.01)
    expect(metrics.roc_auc).toBeLessThan(expectedArea + 0.01)
  })
})

test('a sample of records holds the same rows in every evaluation, so that they can be joined', async () => {
  const evaluate = async (order: (row: number) => number) => {
    const evaluation = new EvaluationLogger({ task: regression(), onProblem, maxRecords: 50, confidence: false })
    for (let row = 0; row < 3000; row += 1) evaluation.log({ id: `r${order(row)}`, label: 0, prediction: order(row) })
    return evaluation.finish()
  }
  const forwards = await evaluate((row) => row)
  const backwards = await evaluate((row) => 2999 - row)
  expect([...forwards.records.ids].sort()).toEqual([...backwards.records.ids].sort())
  const values = forwards.records.columns.prediction!
  expect(forwards.records.ids).toEqual(Array.from(values, (value) => `r${value}`))
  const mean = values.reduce((sum, value) => sum + value, 0) / 50
  // Of 50 fair draws from 0 to 2999: four standard deviations.
  expect(Math.abs(mean - 1499.5)).toBeLessThan(4 * (3000 / Math.sqrt(12 * 50)))
})

test('an id that comes twice is found while its record is kept', () => {
  const evaluation = new EvaluationLogger({ task: regression(), onProblem, maxRecords: 0 })
  evaluation.log({ id: 1, label: 0, prediction: 0 })
  expect(() => evaluation.log({ id: 1, label: 0, prediction: 0 })).not.toThrow()
})

test('of more than 10,000 rows fewer are drawn, and the interval is as wide as that of all of them', async () => {
  const rowCount = 40_000
  const evaluation = new EvaluationLogger({ task: classification({ labels: ['no', 'yes'] }), onProblem })
  for (let row = 0; row < rowCount; row += 1)
    evaluation.log({ label: row & 1, prediction: mix(row, 10) < 8 ? row & 1 : 0 })
  const { intervals, metrics } = await evaluation.finish()
  const { estimate, lower, upper, standardError } = intervals.accuracy!
  expect(estimate).toBe(metrics.accuracy)
  const expected = Math.sqrt((estimate * (1 - estimate)) / rowCount)
  // A thousand draws know a deviation to about 2 %.
  expect(standardError / expected).toBeGreaterThan(0.9)
  expect(standardError / expected).toBeLessThan(1.1)
  expect((upper - lower) / (2 * 1.96 * expected)).toBeGreaterThan(0.85)
  expect((upper - lower) / (2 * 1.96 * expected)).toBeLessThan(1.15)
})

const labels = ['a', 'b', 'c']
const classifiedRows = fc.array(
  fc.record({
    label: fc.constantFrom(...labels),
    scores: fc
      .array(fc.integer({ min: 1, max: 100 }), { minLength: 3, maxLength: 3 })
      .map((weights) => weights.map((weight) => weight / weights.reduce((sum, one) => sum + one, 0))),
  }),
  { minLength: 1, maxLength: 40 },
)

/** All numbers of a result. */
function numbersOf({ metrics, details, intervals: _, records, tables }: EvaluationResult) {
  return { metrics, details, rows: tables.predictions.length, records: records.ids.length }
}

test('the order of rows does not matter', async () => {
  const property = fc.asyncProperty(classifiedRows, fc.infiniteStream(fc.nat()), async (rows, keys) => {
    const shuffled = rows
      .map((row, id) => ({ ...row, id, key: keys.next().value }))
      .sort((one, other) => one.key - other.key)
    const evaluate = (given: readonly { label: string; scores: readonly number[]; id: number }[]) => {
      const evaluation = new EvaluationLogger({ task: classification({ labels }), onProblem, confidence: false })
      for (const row of given) evaluation.log(row)
      return evaluation.finish()
    }
    const [inOrder, inAnother] = await Promise.all([
      evaluate(rows.map((row, id) => ({ ...row, id }))),
      evaluate(shuffled),
    ])
    expectClose(numbersOf(inAnother), numbersOf(inOrder))
    const losses = (result: EvaluationResult) => result.tables.worst.map(({ badness }) => badness)
    expect(losses(inAnother)).toEqual(losses(inOrder))
  })
  await fc.assert(property, { numRuns: 50 })
})

test('classes that are found come out sorted, whatever the order of rows', async () => {
  const evaluate = async (rows: readonly (readonly [string, string])[]) => {
    const evaluation = new EvaluationLogger({ task: classification(), onProblem, confidence: false })
    for (const [label, prediction] of rows) evaluation.log({ label, prediction })
    const { details, metrics } = await evaluation.finish()
    return { ...details, metrics, counts: [...details.confusionMatrix.counts] }
  }
  const rows = [
    ['spam', 'ham'],
    ['ham', 'ham'],
    ['spam', 'spam'],
    ['ham', 'ham'],
  ] as const
  const [one, other] = [await evaluate(rows), await evaluate(rows.toReversed())]
  expect(other).toEqual(one)
  expect(one.classes).toEqual(['ham', 'spam'])
  expect(one.counts).toEqual([2, 0, 1, 1])
  // The second class is the positive one.
  expect(one.metrics).toMatchObject({ precision: 1, recall: 0.5 })
})

const numbers = fc.double({ min: -1e6, max: 1e6, noNaN: true })

test('running sums of numbers give what two passes give', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.tuple(numbers, numbers), { minLength: 70, maxLength: 200 }),
    async (pairs) => {
      // A sample of 65 rows makes the running sums the source of what is exact.
      const evaluate = (keptMegabytes: number) => {
        const options = { task: regression(), onProblem, confidence: false, keptMegabytes } as const
        const evaluation = new EvaluationLogger(options)
        for (const [label, prediction] of pairs) evaluation.log({ label, prediction })
        return evaluation.finish()
      }
      const [whole, sampled] = await Promise.all([evaluate(1), evaluate(0.001)])
      expect(Object.keys(sampled.basis)).toEqual(['median_absolute_error', 'spearman'])
      const names = ['mae', 'mse', 'rmse', 'r2', 'mape', 'explained_variance', 'mean_error', 'max_error', 'pearson']
      for (const name of names) expectClose(sampled.metrics[name], whole.metrics[name], name)
    },
  )
  await fc.assert(property, { numRuns: 30 })
})
