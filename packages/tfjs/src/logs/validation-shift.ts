/**
 * Names of the training values, from what `fit` announces.
 *
 * @param metrics - `params.metrics`: with validation, each name a second time with `val_` before it.
 */
export function toMetricNames(metrics: readonly string[], hasValidation: boolean): readonly string[] {
  return hasValidation ? metrics.slice(0, metrics.length / 2) : metrics
}

/**
 * Number of outputs of a model, from the names of its values: with several outputs these are `loss`, then one
 * `<output>_loss` each, then the metrics as `<output>_<metric>`. For want of the model only, since a metric function of a
 * model with one output may be called `…_loss` too.
 */
export function countOutputs(names: readonly string[]): number {
  const firstOther = names.findIndex((name, index) => index > 0 && !name.endsWith('_loss'))
  const lossCount = (firstOther === -1 ? names.length : firstOther) - 1
  return Math.max(1, lossCount)
}

/**
 * Puts the `val_*` values of a model with several outputs right, if they are shifted.
 *
 * tfjs-layers 4 computes, for n outputs, n running sums of their losses and then the values of `names[1…]`, but hands
 * them out under `names[0…]` (tensorflow/tfjs#5941). So the total is the last running sum, the loss of an output is the
 * difference of two, and the metrics come n − 1 names late; the last n − 1 metrics are lost.
 *
 * @param logs - Values of an epoch; not changed.
 * @param names - Names of the training values in tfjs's order.
 * @returns the values under their right names, without those that cannot be known; `undefined` when nothing is shifted.
 */
export function repairShiftedValidation(
  logs: Readonly<Record<string, number>>,
  names: readonly string[],
  outputCount: number,
): Record<string, number> | undefined {
  const given = names.map((name) => logs[`val_${name}`])
  if (outputCount < 2 || !isShifted(given, outputCount)) return undefined
  const repaired = Object.fromEntries(Object.entries(logs).filter(([name]) => !name.startsWith('val_')))
  for (const [index, name] of names.entries()) {
    const value = shiftedValue(given, index, outputCount)
    if (value !== undefined) repaired[`val_${name}`] = value
  }
  return repaired
}

// The first running sum is the first output's loss, which comes again n places later. Where tfjs gives the right names
// instead, these two places hold the total and the last output's loss.
function isShifted(given: readonly (number | undefined)[], outputCount: number): boolean {
  const firstLoss = given[0]
  const firstLossAgain = given[outputCount]
  if (firstLoss === undefined || firstLossAgain === undefined) return false
  if (Object.is(firstLoss, firstLossAgain)) return true
  return Math.abs(firstLoss - firstLossAgain) <= 1e-5 * Math.abs(firstLoss)
}

function shiftedValue(given: readonly (number | undefined)[], index: number, outputCount: number): number | undefined {
  const value = given[index + outputCount - 1]
  if (index === 0 || value !== undefined || index > outputCount) return value
  const sum = given[index - 1]
  const sumBefore = index === 1 ? 0 : given[index - 2]
  return sum === undefined || sumBefore === undefined ? undefined : sum - sumBefore
}
