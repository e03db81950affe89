import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { workspaceUrl } from '@lossline/testing'

/** A handwritten digit: 64 grey values from 0 to 1. */
export interface Digit {
  readonly id: number
  readonly pixels: Float32Array
  readonly label: number
}

export const digitsModel: string = fileURLToPath(workspaceUrl('examples/onnx-digits/models/digits-cnn.onnx'))

/** The 360 digits that no model was trained on, in the order of the file. */
export function loadTestDigits(): Digit[] {
  const lines = readFileSync(workspaceUrl('examples/tfjs-digits/data/digits.csv'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
  return lines
    .map((line) => line.split(','))
    .filter((cells) => cells.at(-1)?.trim() === 'test')
    .map((cells, id) => ({
      id,
      pixels: Float32Array.from(cells.slice(0, 64), (cell) => Number(cell) / 16),
      label: Number(cells[64]),
    }))
}
