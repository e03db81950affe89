/** Ten keys as a training loop has them. */
export const tenKeys: readonly string[] = [
  'train/loss',
  'train/accuracy',
  'train/learning_rate',
  'train/grad_norm',
  'epoch',
  'batch',
  'val/loss',
  'val/accuracy',
  'time/batch_ms',
  'memory/tensors',
]

/** Makes rows of ten numbers, each with values of its own: eight arbitrary doubles and two small integers. */
export function createRowSource(): (step: number) => Record<string, number> {
  const values = Float64Array.from({ length: 2 ** 17 }, () => Math.random())
  let at = 0
  return (step) => {
    at = (at + 8) & (2 ** 17 - 1)
    return {
      'train/loss': values[at] as number,
      'train/accuracy': values[at + 1] as number,
      'train/learning_rate': values[at + 2] as number,
      'train/grad_norm': values[at + 3] as number,
      epoch: step >>> 10,
      batch: step & 1023,
      'val/loss': values[at + 4] as number,
      'val/accuracy': values[at + 5] as number,
      'time/batch_ms': values[at + 6] as number,
      'memory/tensors': values[at + 7] as number,
    }
  }
}

/**
 * Makes rows of numbers in objects two and three levels deep, as `{ train: { loss, layers: { … } }, epoch }`, each with
 * values of its own.
 */
export function createNestedRowSource(numberCount: number): (step: number) => Record<string, unknown> {
  const nextRow = createRowSource()
  return (step) => {
    const flat = nextRow(step)
    const values = Object.values(flat)
    const layers: Record<string, Record<string, number>> = {}
    for (let layer = 0; layer * 5 < numberCount - 5; layer += 1) {
      layers[`layer${layer}`] = {
        weight: (values[0] as number) + layer,
        bias: (values[1] as number) + layer,
        gradient: (values[2] as number) + layer,
        variance: (values[3] as number) + layer,
        sparsity: (values[6] as number) + layer,
      }
    }
    return {
      epoch: step >>> 10,
      train: { loss: values[0], accuracy: values[1], layers },
      val: { loss: values[6], accuracy: values[7] },
    }
  }
}
