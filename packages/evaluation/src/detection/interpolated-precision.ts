import { outcomes } from './match-boxes.ts'

// numpy.linspace(0, 1, 101), to the last bit: recalls are compared with these.
const recallPoints = Array.from({ length: 101 }, (_, index) => (index === 100 ? 1 : index * 0.01))

/**
 * COCO's average precision: the mean over recalls 0, 0.01, … 1 of the highest precision at that recall or a higher one; 0 for
 * recalls that are not reached. NaN if there was nothing to find.
 *
 * @param ofDetections - {@link outcomes} of the detections of all images.
 * @param order - The detections from the highest score down.
 * @param wantedCount - Boxes that there were to find.
 * @param weightOf - How often a detection counts. Default: once.
 */
export function interpolatedPrecision(
  ofDetections: Uint8Array,
  order: Uint32Array,
  wantedCount: number,
  weightOf: (detection: number) => number = () => 1,
): number {
  if (wantedCount === 0) return Number.NaN
  // Recall only grows with a detection that is right, so the others are no points of the curve.
  const precisions: number[] = []
  const found: number[] = []
  let [rightCount, wrongCount] = [0, 0]
  for (let at = 0; at < order.length; at += 1) {
    const outcome = ofDetections[order[at]!]
    if (outcome === outcomes.wrong) wrongCount += weightOf(order[at]!)
    if (outcome !== outcomes.right) continue
    const weight = weightOf(order[at]!)
    if (weight === 0) continue
    rightCount += weight
    precisions.push(rightCount / (rightCount + wrongCount))
    found.push(rightCount)
  }
  for (let index = precisions.length - 1; index > 0; index -= 1) {
    precisions[index - 1] = Math.max(precisions[index - 1]!, precisions[index]!)
  }
  let sum = 0
  let index = 0
  for (const recall of recallPoints) {
    while (index < precisions.length && found[index]! / wantedCount < recall) index += 1
    sum += precisions[index] ?? 0
  }
  return sum / recallPoints.length
}
