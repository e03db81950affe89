import { readFileSync } from 'node:fs'

/** 8 × 8 grey values from 0 to 1 of each digit, row by row: 1,287 to train on, 150 to validate with. */
export function loadDigits(): { training: number[][]; validation: number[][] } {
  // The data of the example beside this one, where it is described.
  const lines = readFileSync(new URL('../tfjs-digits/data/digits.csv', import.meta.url), 'utf8')
    .trimEnd()
    .split(/\r?\n/)
    .slice(1)
  const digits = lines
    .map((line) => line.split(','))
    .filter((row) => row[65] !== 'test')
    .map((row) => row.slice(0, 64).map((cell) => Number(cell) / 16))
  return { training: digits.slice(150), validation: digits.slice(0, 150) }
}
