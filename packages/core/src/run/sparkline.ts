const blocks = '▁▂▃▄▅▆▇█'

/**
 * Draws values as one line of blocks, the lowest as `▁` and the highest as `█`.
 *
 * @param columnsMax - Neighbours are averaged until there are no more than that.
 * @returns as many characters as columns; nothing for no values
 */
export function toSparkline(values: readonly number[], columnsMax: number): string {
  const columns = toColumns(values, columnsMax)
  const [min, max] = [Math.min(...columns), Math.max(...columns)]
  // Halved first: the distance of two large numbers could be infinite.
  const range = max / 2 - min / 2
  return columns
    .map((value) => {
      const share = range > 0 ? (value / 2 - min / 2) / range : 0.5
      return blocks[Math.min(blocks.length - 1, Math.floor(share * blocks.length))]
    })
    .join('')
}

function toColumns(values: readonly number[], columnsMax: number): number[] {
  const count = Math.min(values.length, columnsMax)
  return Array.from({ length: count }, (_, column) => {
    const part = values.slice(
      Math.floor((column * values.length) / count),
      Math.floor(((column + 1) * values.length) / count),
    )
    return part.reduce((sum, value) => sum + value / part.length, 0)
  })
}
