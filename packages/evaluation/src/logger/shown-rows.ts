import { createReservoir } from '../sampling/reservoir.ts'
import type { EvaluationRow, Judgement, RowColumns, RowId } from '../tasks/evaluation-task.ts'
import type { BaselineRows, ChangedRow, RowChange } from './baseline-comparison.ts'
import { noChanges } from './baseline-comparison.ts'
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
}

/** What the rows need besides the settings. */
export interface ShownRowsOptions {
  readonly settings: EvaluationSettings
  readonly baselineRows: BaselineRows | undefined
  /** Columns with what the baseline said. */
  describeRecord(record: readonly number[]): Readonly<Record<string, unknown>>
  /** The function that makes columns threw. */
  onColumnsError(error: unknown): void
}

type Cells = Readonly<Record<string, unknown>>

export function createShownRows({
  settings,
  baselineRows,
  describeRecord,
  onColumnsError,
}: ShownRowsOptions): ShownRows {
  const { maxRows, worstCount, seed } = settings
  const predictions = createReservoir<Cells>({ size: maxRows, seed })
  const changes = createReservoir<Cells>({ size: maxRows, seed })
  const worst = createTopRows<Cells>(worstCount)
  const confidentWrong = createTopRows<Cells>(worstCount)
  const changeCounts = noChanges()
  let joinedCount = 0

  const columnsOf = (columns: RowColumns | undefined): Cells => {
    try {
      return copyCells((typeof columns === 'function' ? columns() : columns) ?? {})
    } catch (error) {
      onColumnsError(error)
      return {}
    }
  }
  const cellsOf = (id: RowId, row: EvaluationRow, judgement: Judgement): Cells => ({
    id,
    ...columnsOf(row.inputs),
    ...columnsOf(() => judgement.cells()),
    ...(row.latencyMs === undefined ? {} : { latency_ms: row.latencyMs }),
    ...columnsOf(row.columns),
  })
  const offerChange = (changed: ChangedRow, judgement: Judgement, cells: () => Cells): void => {
    joinedCount += 1
    changeCounts[changed.change] += 1
    if (changed.change === 'both right' || changed.change === 'same') return
    if (!changes.willTakeNext()) {
      changes.skip()
      return
    }
    const before = Object.entries(describeRecord(changed.record))
    const { id, ...others } = cells()
    changes.offer({
      id,
      change: changed.change,
      ...others,
      ...Object.fromEntries(before.map(([name, value]) => [`baseline_${name}`, value])),
      badness: judgement.badness,
      baseline_badness: changed.badness,
    })
  }

  return {
    offer(id, row, judgement) {
      let made: Cells | undefined
      const cells = (): Cells => {
        made ??= cellsOf(id, row, judgement)
        return made
      }
      if (predictions.willTakeNext()) predictions.offer(cells())
      else predictions.skip()
      const { badness, isCorrect, confidence } = judgement
      if (badness !== 0 && worst.takes(badness)) worst.add(badness, { ...cells(), badness })
      if (
        isCorrect === false &&
        confidence !== undefined &&
        !Number.isNaN(confidence) &&
        confidentWrong.takes(confidence)
      ) {
        confidentWrong.add(confidence, { ...cells(), confidence })
      }
      const changed = baselineRows?.changeOf(id, judgement)
      if (changed !== undefined) offerChange(changed, judgement, cells)
    },
    get predictions() {
      return predictions.items()
    },
    get worst() {
      return worst.items()
    },
    get confidentWrong() {
      return confidentWrong.items()
    },
    get changes() {
      return changes.items()
    },
    changeCounts,
    get joinedCount() {
      return joinedCount
    },
  }
}
