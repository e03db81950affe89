import { giveTurn } from '@lossline/core/adapter'
import { averagePrecisionOfCounts } from '../../curves/precision-recall-curve.ts'
import { hasNaN, rankedCounts } from '../../curves/ranked-counts.ts'
import { rocAucOfCounts } from '../../curves/roc-curve.ts'
import { meanOfDefined } from '../../labels/average.ts'
import { createAreaResampling } from '../area-resampling.ts'
import type { Resampling } from '../evaluation-task.ts'
import type { ValueStore } from '../value-store.ts'

/** What needs the scores of all rows at once: by index of the label. */
export interface LabelRanking {
  readonly rocAuc: Float64Array
  readonly averagePrecision: Float64Array
  /** Means over the labels. */
  readonly metrics: Readonly<Record<string, number>>
}

/** Labels whose areas are measured for drawn rows; more would take too long. */
const resampledLabelsMax = 100

/** Draws rows for intervals of areas. `undefined` with NaN among the scores. */
export function labelResampling(
  kept: ValueStore,
  labelCount: number,
  seed: number,
): (() => Promise<Resampling>) | undefined {
  if (labelCount > resampledLabelsMax || hasNaN(kept.values())) return undefined
  return () =>
    createAreaResampling({
      rowCount: kept.rowCount,
      classCount: labelCount,
      seed,
      names: ['roc_auc', 'average_precision'],
      classAt: (index) => ({ isPositive: kept.column(index), scores: kept.column(labelCount + index) }),
      average: ({ rocAuc, averagePrecision }) => [meanOfDefined(rocAuc), meanOfDefined(averagePrecision)],
    })
}

/** Areas of each label. A label that no row, or every row, has is NaN and left out of means; NaN among scores makes these NaN. */
export async function rankLabels(kept: ValueStore, labelCount: number): Promise<LabelRanking> {
  const areas = new Float64Array(labelCount).fill(Number.NaN)
  const precisions = new Float64Array(labelCount).fill(Number.NaN)
  let isBroken = false
  for (let index = 0; index < labelCount; index += 1) {
    const [isPositive, scores] = [kept.column(index), kept.column(labelCount + index)]
    if (hasNaN(scores)) isBroken = true
    else if (isPositive.includes(1)) {
      const counts = rankedCounts(isPositive, scores)
      areas[index] = rocAucOfCounts(counts)
      precisions[index] = averagePrecisionOfCounts(counts)
    }
    await giveTurn()
  }
  const meanOf = (numbers: Float64Array): number => (isBroken ? Number.NaN : meanOfDefined(numbers))
  return {
    rocAuc: areas,
    averagePrecision: precisions,
    metrics: { roc_auc: meanOf(areas), average_precision: meanOf(precisions) },
  }
}
