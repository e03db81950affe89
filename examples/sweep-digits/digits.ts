import { readFileSync } from 'node:fs'
import type * as TensorFlow from '@tensorflow/tfjs'

/** Pictures of digits as [count, 64] and one-hot labels as [count, 10]. */
export interface Digits {
  readonly xs: TensorFlow.Tensor2D
  readonly ys: TensorFlow.Tensor2D
}

/** 1,137 digits to train on, 300 to validate with. */
export function loadDigits(tf: typeof TensorFlow): { training: Digits; validation: Digits } {
  // The data of the example tfjs-digits, where it is described.
  const lines = readFileSync(new URL('../tfjs-digits/data/digits.csv', import.meta.url), 'utf8')
    .trimEnd()
    .split(/\r?\n/)
    .slice(1)
  const rows = lines.map((line) => line.split(',')).filter((row) => row[65] !== 'test')
  const toDigits = (some: string[][]): Digits => ({
    xs: tf.tensor2d(some.map((row) => row.slice(0, 64).map((cell) => Number(cell) / 16))),
    ys: tf.oneHot(
      some.map((row) => Number(row[64])),
      10,
    ) as TensorFlow.Tensor2D,
  })
  return { training: toDigits(rows.slice(300)), validation: toDigits(rows.slice(0, 300)) }
}
