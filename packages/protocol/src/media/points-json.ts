import { toNumberText } from '../tables/python-json.ts'

// Rows between two signs of life.
const workRows = 2 ** 16

/**
 * The rows of a point cloud as JSON, as W&B's client writes them.
 *
 * @param data - Row by row.
 * @param columnCount - Numbers in a row.
 * @param isFloat - Whether whole numbers have a zero behind the point, as those of a float array in Python.
 * @param onWork - Called now and then while it takes long.
 */
export function toPointsJson(
  data: ArrayLike<number>,
  columnCount: number,
  isFloat: boolean,
  onWork: () => void = () => {},
): string {
  const rows: string[] = []
  for (let start = 0; start < data.length; start += columnCount) {
    if (rows.length % workRows === workRows - 1) onWork()
    const numbers: string[] = []
    for (let column = 0; column < columnCount; column += 1) {
      numbers.push(toNumberText(data[start + column] as number, 'compact', isFloat))
    }
    rows.push(`[${numbers.join(',')}]`)
  }
  return `[${rows.join(',')}]`
}
