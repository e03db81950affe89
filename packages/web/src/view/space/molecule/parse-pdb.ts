import { isUsualElement } from './elements.ts'
import { type Atom, type Molecule, toAtom, toSymbol } from './molecule.ts'

/** A file of the Protein Data Bank's old format: fixed columns. Of several models the first. @throws Error that names a line. */
export function parsePdb(text: string): Molecule {
  return parseRecords(text, (line, number) => {
    const atom = toAtom(elementOfPdb(line), [line.slice(30, 38), line.slice(38, 46), line.slice(46, 54)], number)
    // Of an atom at several places the first.
    return ' A1'.includes(line[16] ?? ' ') ? atom : undefined
  })
}

/** The same with charge and radius of each atom: columns by white space. @throws Error that names a line. */
export function parsePqr(text: string): Molecule {
  return parseRecords(text, (line, number) => {
    const parts = line.trim().split(/\s+/)
    return toAtom(elementOfName(parts[2] ?? ''), parts.slice(-5, -2), number)
  })
}

function parseRecords(text: string, parseAtom: (line: string, number: number) => Atom | undefined): Molecule {
  const atoms: Atom[] = []
  const bonds: (readonly [number, number])[] = []
  const indexes = new Map<string, number>()
  let modelCount = 0
  for (const [number, line] of text.split(/\r?\n/).entries()) {
    const record = /^(MODEL|ATOM|HETATM|CONECT)/.exec(line)?.[1]
    if (record === 'MODEL') modelCount += 1
    if (modelCount <= 1 && (record === 'ATOM' || record === 'HETATM')) {
      const atom = parseAtom(line, number)
      if (!atom) continue
      indexes.set(line.slice(6, 11).trim(), atoms.length)
      atoms.push(atom)
    } else if (record === 'CONECT') {
      const [from, ...to] = [6, 11, 16, 21, 26].map((start) => indexes.get(line.slice(start, start + 5).trim()))
      for (const other of to) if (from !== undefined && other !== undefined) bonds.push([from, other])
    }
  }
  return {
    atoms,
    bonds,
    areBondsComplete: false,
    notes: modelCount > 1 ? [`The first of ${modelCount} models is drawn.`] : [],
  }
}

function elementOfPdb(line: string): string {
  const element = line.slice(76, 78).trim()
  // Names of elements with one letter begin in the second column.
  return element || (line[12] === ' ' ? line.slice(13, 14) : elementOfName(line.slice(12, 16)))
}

/** `CA` of a protein is a carbon, and `1HB` a hydrogen; `CL` and `NA` are what they say. */
function elementOfName(name: string): string {
  const letters = toSymbol(name)
  const isTwo = letters.length === 2 && isUsualElement(letters) && letters !== 'Ca' && letters !== 'Co'
  return isTwo ? letters : letters.slice(0, 1)
}
