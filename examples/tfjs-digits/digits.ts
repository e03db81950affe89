import { readFileSync } from 'node:fs'
import type { data, Tensor } from '@tensorflow/tfjs'
import type { Tf } from './tensorflow.ts'

/** One handwritten digit. */
export interface Digit {
  /** 8 × 8 grey values from 0 to 1, row by row. */
  readonly pixels: readonly number[]
  /** 0–9. */
  readonly label: number
}

/** Names of the classes. */
export const digitNames: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']

/** The 1,797 digits of `data/digits.csv`: 1,287 to train on, 150 to validate with, 360 to test with at the end. */
export function loadDigits(): { training: Digit[]; validation: Digit[]; test: Digit[] } {
  const lines = readFileSync(new URL('data/digits.csv', import.meta.url), 'utf8')
    .trimEnd()
    .split(/\r?\n/)
    .slice(1)
  // A line is 64 grey values from 0 to 16, then the label, then `train` or `test`.
  const rows = lines.map((line) => line.split(','))
  const toDigit = (row: string[]): Digit => ({
    pixels: row.slice(0, 64).map((cell) => Number(cell) / 16),
    label: Number(row[64]),
  })
  const others = rows.filter((row) => row[65] !== 'test').map(toDigit)
  return {
    // Rows are in random order, so any of them will do for validation.
    training: others.slice(150),
    validation: others.slice(0, 150),
    test: rows.filter((row) => row[65] === 'test').map(toDigit),
  }
}

/** Images and their labels. */
export type Examples = { xs: Tensor; ys: Tensor }

/** Images as [count, 8, 8, 1] and one-hot labels as [count, 10]. */
export function toTensors(tf: Tf, digits: readonly Digit[]): Examples {
  return {
    xs: tf.tensor4d(
      digits.flatMap(({ pixels }) => pixels),
      [digits.length, 8, 8, 1],
    ),
    ys: tf.oneHot(
      tf.tensor1d(
        digits.map(({ label }) => label),
        'int32',
      ),
      10,
    ),
  }
}

/** The same in batches. Every epoch has its own order, and every run has the same ones: the seed sees to that. */
export function toBatches(tf: Tf, digits: readonly Digit[], batchSize: number): data.Dataset<Examples> {
  const images = digits.map(({ pixels }) => tf.tensor3d([...pixels], [8, 8, 1]))
  const labels = digits.map(({ label }) => tf.oneHot(label, 10))
  const examples: data.Dataset<Examples> = tf.data.zip({ xs: tf.data.array(images), ys: tf.data.array(labels) })
  return examples.shuffle(digits.length, '2').batch(batchSize) as data.Dataset<Examples>
}
