import type { Outcome } from './match-boxes.ts'

// numpy.linspace(0, 1, 101), to the last bit: recalls are compared with these.
const recallPoints = Array.from({ length: 101 }, (_, index) => (index === 100 ? 1 : index * 0.01))

/**
 * COCO's average precision: the mean over recalls 0, 0.01, … 1 of the highest precision at that recall or a higher one; 0 for
 * recalls that are not reached. NaN if there was nothing to find.
 *
 * @param outcomes - Of the detections of all images, the highest score first.
 * @param wantedCount - Boxes that there were to find.
 */
export function interpolatedPrecision(outcomes: readonly Outcome[], wantedCount: number): number {
  if (wantedCount === 0) return Number.NaN
  const { precisions, recalls } = curveOf(outcomes, wantedCount)
  for (let index = precisions.length - 1; index > 0; index -= 1) {
    precisions[index - 1] = Math.max(precisions[index - 1]!, precisions[index]!)
  }
  let sum = 0
  let index = 0
  for (const recall of recallPoints) {
    while (index < recalls.length && recalls[index]! < recall) index += 1
    sum += precisions[index] ?? 0
  }
  return sum / recallPoints.length
}

function curveOf(outcomes: readonly Outcome[], wantedCount: number): { precisions: number[]; recalls: number[] } {
  const precisions: number[] = []
  const recalls: number[] = []
  let right = 0
  let wrong = 0
  for (const outcome of outcomes) {
    if (outcome === 'right') right += 1
    if (outcome === 'wrong') wrong += 1
    precisions.push(right === 0 ? 0 : right / (right + wrong))
    recalls.push(right / wantedCount)
  }
  return { precisions, recalls }
}
