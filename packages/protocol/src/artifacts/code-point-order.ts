/**
 * Compares texts by their code points, the order in which W&B's client sorts the paths of a manifest. JavaScript's own
 * order is by UTF-16 units, which puts characters beyond U+FFFF before those from U+E000 on.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index += 1) {
    const unitA = a.charCodeAt(index)
    const unitB = b.charCodeAt(index)
    if (unitA !== unitB) return toOrderedUnit(unitA) - toOrderedUnit(unitB)
  }
  return a.length - b.length
}

/** Moves the surrogates behind everything else. */
function toOrderedUnit(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}
