import { readFileSync } from 'node:fs'

/** One handwritten digit. */
export interface Digit {
  /** Its number among the digits of its kind, from 0. */
  readonly id: number
  /** 8 × 8 grey values from 0 to 1, row by row. */
  readonly pixels: Float32Array
  /** 0–9. */
  readonly label: number
}

/** Names of the classes. */
export const digitNames: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']

/** 1,437 digits to train on, 360 to test with. */
export function loadDigits(): { training: Digit[]; test: Digit[] } {
  // The data of the example beside this one, where it is described.
  const lines = readFileSync(new URL('../tfjs-digits/data/digits.csv', import.meta.url), 'utf8')
    .trimEnd()
    .split(/\r?\n/)
    .slice(1)
  // A line is 64 grey values from 0 to 16, then the label, then `train` or `test`.
  const rows = lines.map((line) => line.split(','))
  const digitsOf = (split: string): Digit[] =>
    rows
      .filter((row) => row[65] === split)
      .map((row, id) => ({
        id,
        pixels: Float32Array.from(row.slice(0, 64), (cell) => Number(cell) / 16),
        label: Number(row[64]),
      }))
  return { training: digitsOf('train'), test: digitsOf('test') }
}
