import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { LosslineError } from '@lossline/protocol'
import { findPythonClient, fixtureUrl } from '@lossline/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CustomChart, plot, plotTable, Table } from '../src/index.ts'

interface Drawn {
  readonly preset: string
  readonly fields: unknown
  readonly texts: unknown
  readonly columns: readonly string[]
  readonly data: readonly (readonly unknown[])[]
}
interface Call {
  readonly name: 'rocCurve' | 'prCurve' | 'confusionMatrix' | 'lineSeries'
  readonly args: object
}

function draw({ name, args }: Call): Drawn {
  // The fixtures hold for each function what it takes.
  const make = plot[name] as (options: object) => CustomChart
  const { table, preset } = make(args)
  return {
    preset: preset.id,
    fields: preset.fields,
    texts: preset.texts,
    columns: table.columns,
    data: [...table].map((row) => row.map((cell) => (Number.isNaN(cell) ? null : cell))),
  }
}

// What W&B's client 0.30.0 with scikit-learn 1.9.1 drew.
const recorded: readonly (Call & Drawn)[] = JSON.parse(readFileSync(fixtureUrl('plots/wandb-plots.json'), 'utf8'))

test.each(recorded.map((call, index) => [index, call.name, call] as const))(
  '%d: %s has the values of W&B',
  (_index, _name, call) => {
    const { name, args, ...drawn } = call
    expect(draw({ name, args })).toEqual(drawn)
  },
)

const python = findPythonClient()
const hasPlots =
  'python' in python && spawnSync(python.python, ['-c', 'import wandb, numpy, pandas, sklearn']).status === 0

describe.skipIf(!hasPlots)('beside W&B, with numpy, pandas and scikit-learn', () => {
  test('random labels and probabilities give the same values', () => {
    const calls: Call[] = fc.sample(
      fc.integer({ min: 2, max: 4 }).chain((classCount) =>
        fc.record({
          name: fc.constantFrom('rocCurve' as const, 'prCurve' as const),
          args: fc.integer({ min: classCount, max: 40 }).chain((length) =>
            fc.record({
              // Each class is there, so that the probabilities are as many.
              yTrue: fc
                .array(fc.nat(classCount - 1), { minLength: length, maxLength: length })
                .map((labels) => labels.map((label, index) => (index < classCount ? index : label))),
              yProbas: fc.array(
                fc.array(
                  fc.integer({ min: 0, max: 20 }).map((part) => part / 20),
                  {
                    minLength: classCount,
                    maxLength: classCount,
                  },
                ),
                { minLength: length, maxLength: length },
              ),
            }),
          ),
        }),
      ),
      { numRuns: 60, seed: 7 },
    )
    const { stdout } = spawnSync(
      (python as { python: string }).python,
      ['-W', 'ignore', new URL('programs/plots.py', import.meta.url).pathname],
      { input: JSON.stringify(calls), encoding: 'utf8', env: { ...process.env, WANDB_SILENT: 'true' } },
    )
    const theirs = JSON.parse(stdout) as Drawn[]
    for (const [index, call] of calls.entries()) expect(draw(call)).toEqual(theirs[index])
  }, 60_000)
})

describe('charts', () => {
  const table = new Table({ columns: ['a', 'b'], rows: [[1, 2]] })

  test('a line may have a column for its strokes', () => {
    expect(plot.line(table, { x: 'a', y: 'b', stroke: 'a' }).preset.fields).toEqual({ x: 'a', y: 'b', stroke: 'a' })
    expect(plot.line(table, { x: 'a', y: 'b' }).preset).toMatchObject({
      fields: { stroke: null },
      texts: { title: '' },
    })
  })

  test('a preset of your own is drawn by its id', () => {
    const chart = plotTable({
      preset: 'team/radar',
      table,
      fields: { axis: 'a' },
      texts: { title: 'R' },
      splitTable: true,
    })
    expect(chart.preset).toEqual({ id: 'team/radar', fields: { axis: 'a' }, texts: { title: 'R' }, isTableSplit: true })
  })

  test('beyond 10,000 rows a curve keeps its ends and an even share of its points', () => {
    const length = 30_000
    const yTrue = Array.from({ length }, (_, index) => (index * 7) % 2)
    const yProbas = yTrue.map((_, index) => [
      1 - ((index * 7919) % length) / length,
      ((index * 7919) % length) / length,
    ])
    const { table: points } = plot.rocCurve({ yTrue, yProbas })
    expect(points.rowCount).toBeLessThanOrEqual(10_000)
    expect(points.rowCount).toBeGreaterThan(9000)
    const ofFirst = [...points].filter(([name]) => name === 0)
    expect(ofFirst[0]).toEqual([0, 0, 0])
    expect(ofFirst.at(-1)).toEqual([0, 1, 1])
  })

  test.each<[string, () => unknown, string]>([
    ['a column that is not there', () => plot.bar(table, { label: 'x', value: 'b' }), 'invalid-table'],
    ['something else than a table', () => plotTable({ preset: 'p', table: {} as Table, fields: {} }), 'invalid-plot'],
    ['lists of several lengths', () => plot.confusionMatrix({ yTrue: [1], preds: [] }), 'invalid-plot'],
    ['predictions and probabilities', () => plot.confusionMatrix({ yTrue: [], preds: [], probs: [] }), 'invalid-plot'],
    ['neither of them', () => plot.confusionMatrix({ yTrue: [] }), 'invalid-plot'],
    [
      'a label without a class',
      () => plot.confusionMatrix({ yTrue: [1], preds: [0], classNames: ['a'] }),
      'invalid-plot',
    ],
    ['too few probabilities', () => plot.rocCurve({ yTrue: [0, 1], yProbas: [[1], [1]] }), 'invalid-plot'],
    ['examples without probabilities', () => plot.prCurve({ yTrue: [0], yProbas: [] }), 'invalid-plot'],
    ['no points', () => plot.prCurve({ yTrue: [0], yProbas: [[1]], interpSize: 0 }), 'invalid-plot'],
    ['too few x', () => plot.lineSeries({ xs: [[1]], ys: [[1], [2]] }), 'invalid-plot'],
    ['too few keys', () => plot.lineSeries({ xs: [1], ys: [[1], [2]], keys: ['a'] }), 'invalid-plot'],
  ])('%s is refused', (_what, call, code) => {
    try {
      call()
    } catch (error) {
      expect(LosslineError.isInstance(error) && error.code).toBe(code)
      return
    }
    expect.unreachable()
  })
})
