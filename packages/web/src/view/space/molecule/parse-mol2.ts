import { type Atom, type Molecule, toAtom } from './molecule.ts'

/** A molecule of Tripos. Of several the first. @throws Error that names a line. */
export function parseMol2(text: string): Molecule {
  const atoms: Atom[] = []
  const bonds: (readonly [number, number])[] = []
  const indexes = new Map<string, number>()
  let [section, moleculeCount] = ['', 0]
  for (const [number, line] of text.split(/\r?\n/).entries()) {
    if (line.startsWith('@<TRIPOS>')) {
      section = line.slice(9).trim()
      if (section === 'MOLECULE') moleculeCount += 1
      continue
    }
    const parts = line.trim().split(/\s+/)
    if (moleculeCount > 1 || line.trim() === '') continue
    if (section === 'ATOM') {
      indexes.set(parts[0] ?? '', atoms.length)
      // Types are elements with what they are bound to: `C.ar`, `N.3`.
      atoms.push(toAtom((parts[5] ?? '').split('.')[0] ?? '', parts.slice(2, 5), number))
    } else if (section === 'BOND') {
      const [from, to] = [indexes.get(parts[1] ?? ''), indexes.get(parts[2] ?? '')]
      if (from === undefined || to === undefined) throw new Error(`Line ${number + 1} names an atom that there is not.`)
      bonds.push([from, to])
    }
  }
  return {
    atoms,
    bonds,
    areBondsComplete: bonds.length > 0,
    notes: moleculeCount > 1 ? [`The first of ${moleculeCount} molecules is drawn.`] : [],
  }
}
