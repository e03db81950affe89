import { type Molecule, toAtom } from './molecule.ts'

/** A table of atoms and bonds (MDL, V2000). Of several molecules the first. @throws Error that says what is wrong. */
export function parseSdf(text: string): Molecule {
  const lines = text.split(/\r?\n/)
  const counts = lines[3] ?? ''
  if (counts.includes('V3000')) throw new Error('Tables of the version V3000 are not read here.')
  const [atomCount, bondCount] = [Number(counts.slice(0, 3)), Number(counts.slice(3, 6))]
  if (counts.trim() === '' || !Number.isInteger(atomCount) || !Number.isInteger(bondCount))
    throw new Error('Line 4 does not say how many atoms there are.')
  const atoms = Array.from({ length: atomCount }, (_, i) => {
    const line = lines[4 + i] ?? ''
    return toAtom(line.slice(31, 34), [line.slice(0, 10), line.slice(10, 20), line.slice(20, 30)], 4 + i)
  })
  const bonds = Array.from({ length: bondCount }, (_, i) => {
    const number = 4 + atomCount + i
    const line = lines[number] ?? ''
    const [from, to] = [Number(line.slice(0, 3)) - 1, Number(line.slice(3, 6)) - 1]
    if (!atoms[from] || !atoms[to]) throw new Error(`Line ${number + 1} names an atom that there is not.`)
    return [from, to] as const
  })
  const moleculeCount = text.split(/^\$\$\$\$/m).filter((part) => part.trim() !== '').length
  return {
    atoms,
    bonds,
    areBondsComplete: true,
    notes: moleculeCount > 1 ? [`The first of ${moleculeCount} molecules is drawn.`] : [],
  }
}
