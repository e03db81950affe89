/**
 * The known name that somebody most likely meant.
 *
 * Upper case and `_` do not count, so that `step_metric` finds `stepMetric`; apart from them a third of the letters may be
 * wrong, exchanged, missing or too many.
 *
 * @returns undefined when no name is near.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const plain = toPlain(name)
  // A name as long as a text means none of them, and would take long to compare.
  if (plain.length > 64) return undefined
  let nearest: string | undefined
  let nearestDistance = Infinity
  for (const candidate of known) {
    const other = toPlain(candidate)
    const length = Math.max(plain.length, other.length)
    const distance = countEdits(plain, other)
    const isNear = distance <= Math.max(1, Math.floor(length / 3)) && distance < Math.min(plain.length, other.length)
    if (!isNear || distance >= nearestDistance) continue
    nearest = candidate
    nearestDistance = distance
  }
  return nearest
}

function toPlain(name: string): string {
  return name.replaceAll('_', '').toLowerCase()
}

/** Letters to change, add, remove or exchange with their neighbour to make one text of the other. */
function countEdits(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const change = at(last, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1)
      const isExchanged = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      row.push(
        Math.min(change, at(last, j) + 1, at(row, j - 1) + 1, isExchanged ? at(beforeLast, j - 2) + 1 : Infinity),
      )
    }
    beforeLast = last
    last = row
  }
  return at(last, to.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity
}
