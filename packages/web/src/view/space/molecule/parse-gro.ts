import { type Molecule, toAtom, toSymbol } from './molecule.ts'

/** Ångström in a nanometre, which Gromacs counts in. */
const perNanometre = 10

/** A structure of Gromacs: fixed columns. Of several moments the first. @throws Error that names a line. */
export function parseGro(text: string): Molecule {
  const lines = text.split(/\r?\n/)
  const count = Number(lines[1])
  if (!Number.isInteger(count) || (lines[1] ?? '').trim() === '')
    throw new Error('Line 2 does not say how many atoms there are.')
  const atoms = Array.from({ length: count }, (_, i) => {
    const line = lines[2 + i] ?? ''
    const { element, place } = toAtom(
      elementOfName(line.slice(10, 15)),
      [line.slice(20, 28), line.slice(28, 36), line.slice(36, 44)],
      2 + i,
    )
    const [x, y, z] = place
    return { element, place: [x * perNanometre, y * perNanometre, z * perNanometre] as const }
  })
  return { atoms, bonds: [], areBondsComplete: false, notes: [] }
}

/** Names begin with the element, and mostly go on with where the atom is: `CA`, `OW`, `HW1`, but `CL` and `NA`. */
function elementOfName(name: string): string {
  const symbol = toSymbol(name)
  return ['Cl', 'Na', 'Mg', 'Zn', 'Br', 'Fe'].includes(symbol) ? symbol : symbol.slice(0, 1)
}
