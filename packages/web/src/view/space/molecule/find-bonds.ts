import { elementOf } from './elements.ts'
import type { Atom, Molecule } from './molecule.ts'

/** Bonds are longer than usual by this much at most, ångström. */
const tolerance = 0.4
/** Nearer ones are two places of one atom. */
const lengthMin = 0.4
/** No two elements have a longer one, ångström. */
const cellSize = 4.5

/** The bonds that a file says, and, unless it says all, those between atoms that are as near to each other as bonds are long. */
export function findBonds({ atoms, bonds, areBondsComplete }: Molecule): readonly (readonly [number, number])[] {
  if (areBondsComplete) return bonds
  const found = new Map(bonds.map(([a, b]) => [keyOf(a, b), [a, b] as const]))
  const cells = new Map<string, number[]>()
  for (const [index, { place }] of atoms.entries()) {
    const [x, y, z] = place.map((value) => Math.floor(value / cellSize)) as [number, number, number]
    for (const other of neighbours(cells, x, y, z)) {
      if (isBond(atoms[index]!, atoms[other]!)) found.set(keyOf(other, index), [other, index])
    }
    const own = cells.get(`${x} ${y} ${z}`)
    if (own) own.push(index)
    else cells.set(`${x} ${y} ${z}`, [index])
  }
  return [...found.values()]
}

function* neighbours(cells: ReadonlyMap<string, readonly number[]>, x: number, y: number, z: number): Iterable<number> {
  for (let dx = -1; dx <= 1; dx += 1) {
    for (let dy = -1; dy <= 1; dy += 1) {
      for (let dz = -1; dz <= 1; dz += 1) yield* cells.get(`${x + dx} ${y + dy} ${z + dz}`) ?? []
    }
  }
}

function isBond(a: Atom, b: Atom): boolean {
  // Hydrogens of neighbours come near to each other without one.
  if (a.element === 'H' && b.element === 'H') return false
  const length = Math.hypot(...a.place.map((value, axis) => value - b.place[axis]!))
  return length > lengthMin && length < elementOf(a.element).bondRadius + elementOf(b.element).bondRadius + tolerance
}

function keyOf(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}
