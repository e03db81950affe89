import { createReservoir } from '../sampling/reservoir.ts'
import type { EvaluationRow, Judgement, RowColumns, RowId } from '../tasks/evaluation-task.ts'
import { type BaselineRows, type ChangedRow, noChanges, type RowChange } from './baseline-comparison.ts'
import { bytesOf, createCellBudget } from './cell-budget.ts'
import { copyCells } from './copy-cells.ts'
import type { EvaluationSettings } from './evaluation-options.ts'
import type { TableRows } from './evaluation-result.ts'
import { createTopRows } from './top-rows.ts'

/** The rows of the tables, chosen while rows come. */
export interface ShownRows {
  offer(id: RowId, row: EvaluationRow, judgement: Judgement): void
  readonly predictions: TableRows
  readonly worst: TableRows
  readonly confidentWrong: TableRows
  /** Rows that are in the baseline too, and what became of them. */
  readonly changes: TableRows
  readonly changeCounts: Readonly<Record<RowChange, number>>
  readonly joinedCount: number
  /** Rows that are shown without what is large of them, because all together are too large. */
  readonly strippedCount: number
}

/** What the rows need besides the settings. */
export interface ShownRowsOptions {
  readonly settings: EvaluationSettings
  readonly baselineRows: BaselineRows | undefined
  /** Columns with what the baseline said. */
  describeRecord(record: readonly number[]): Readonly<Record<string, unknown>>
  /** The function that makes columns threw. */
  onColumnsError(error: unknown): void
  /** A row brings a column that the evaluation itself fills. */
  onOwnColumn(name: string): void
}

type Cells = Readonly<Record<string, unknown>>

/** A row of one or more tables, and what a table shows beside it. */
interface ShownRow {
  readonly cells: Cells
  readonly beside: Cells
}

/** Values up to this size are shown of every row. */
const smallBytesMax = 1024

export function createShownRows(options: ShownRowsOptions): ShownRows {
  const { settings, baselineRows, describeRecord, onColumnsError } = options
  const { maxRows, worstCount, seed, tableBytesMax } = settings
  const predictions = createReservoir<ShownRow>({ size: maxRows, seed })
  const changes = createReservoir<ShownRow>({ size: maxRows, seed })
  const worst = createTopRows<ShownRow>(worstCount)
  const confidentWrong = createTopRows<ShownRow>(worstCount)
  const changeCounts = noChanges()
  let joinedCount = 0
  const budget = createCellBudget(tableBytesMax, () => {
    const all = [...predictions.items(), ...changes.items(), ...worst.items(), ...confidentWrong.items()]
    return all.map(({ cells }) => cells)
  })

  const columnsOf = (columns: RowColumns | undefined): Cells => {
    try {
      return copyCells((typeof columns === 'function' ? columns() : columns) ?? {})
    } catch (error) {
      onColumnsError(error)
      return {}
    }
  }
  const cellsOf = (id: RowId, row: EvaluationRow, judgement: Judgement, hasRoom: boolean): Cells => {
    const ofRow = (columns: RowColumns | undefined): Cells =>
      hasRoom ? columnsOf(columns) : smallOf(typeof columns === 'function' ? {} : columnsOf(columns))
    const ofTask = columnsOf(() => judgement.cells())
    const own = { ...ofTask, ...(row.latencyMs === undefined ? {} : { latency_ms: row.latencyMs }) }
    const given = (columns: RowColumns | undefined): Cells => withoutOwn(ofRow(columns), { id, ...own })
    const cells = { id, ...given(row.inputs), ...(hasRoom ? own : smallOf(own)), ...given(row.columns) }
    budget.add(cells)
    return cells
  }
  const withoutOwn = (cells: Cells, own: Cells): Cells => {
    const taken = Object.keys(cells).filter((name) => Object.hasOwn(own, name))
    for (const name of taken) options.onOwnColumn(name)
    return taken.length === 0
      ? cells
      : Object.fromEntries(Object.entries(cells).filter(([name]) => !taken.includes(name)))
  }
  const offerChange = (changed: ChangedRow, judgement: Judgement, cells: () => Cells): void => {
    joinedCount += 1
    changeCounts[changed.change] += 1
    if (changed.change === 'both right' || changed.change === 'same') return
    if (!changes.willTakeNext()) {
      changes.skip()
      return
    }
    const before = Object.entries(columnsOf(() => describeRecord(changed.record)))
    const beside = {
      change: changed.change,
      ...Object.fromEntries(before.map(([name, value]) => [`baseline_${name}`, value])),
      badness: judgement.badness,
      baseline_badness: changed.badness,
    }
    changes.offer({ cells: cells(), beside })
  }

  return {
    offer(id, row, judgement) {
      const { badness, isCorrect, confidence = Number.NaN } = judgement
      const isWorst = badness !== 0 && worst.takes(badness)
      const isConfidentWrong = isCorrect === false && !Number.isNaN(confidence) && confidentWrong.takes(confidence)
      let made: Cells | undefined
      const cells = (): Cells => {
        made ??= cellsOf(id, row, judgement, isWorst || isConfidentWrong || budget.hasRoom())
        return made
      }
      if (predictions.willTakeNext()) predictions.offer({ cells: cells(), beside: {} })
      else predictions.skip()
      if (isWorst) worst.add(badness, { cells: cells(), beside: { badness } })
      if (isConfidentWrong) confidentWrong.add(confidence, { cells: cells(), beside: { confidence } })
      const changed = baselineRows?.changeOf(id, judgement)
      if (changed !== undefined) offerChange(changed, judgement, cells)
    },
    get predictions() {
      return predictions.items().map(({ cells }) => cells)
    },
    get worst() {
      return worst.items().map(({ cells, beside }) => ({ ...cells, ...beside }))
    },
    get confidentWrong() {
      return confidentWrong.items().map(({ cells, beside }) => ({ ...cells, ...beside }))
    },
    get changes() {
      return changes.items().map(({ cells: { id, ...others }, beside: { change, ...beside } }) => ({
        ...{ id, change },
        ...others,
        ...beside,
      }))
    },
    changeCounts,
    get joinedCount() {
      return joinedCount
    },
    get strippedCount() {
      return budget.refusedCount
    },
  }
}

function smallOf(cells: Cells): Cells {
  return Object.fromEntries(Object.entries(cells).filter(([, value]) => bytesOf(value) <= smallBytesMax))
}
