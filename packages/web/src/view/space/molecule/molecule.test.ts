import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSpaceFile } from '../parse-space-file.ts'
import { boundsOf } from '../space-model.ts'
import { elementOf } from './elements.ts'
import { findBonds } from './find-bonds.ts'
import type { Atom } from './molecule.ts'
import { parseGro } from './parse-gro.ts'
import { parseMmcif } from './parse-mmcif.ts'
import { parseMol2 } from './parse-mol2.ts'
import { parsePdb, parsePqr } from './parse-pdb.ts'
import { parseSdf } from './parse-sdf.ts'

const elements = (atoms: readonly Atom[]): string => atoms.map(({ element }) => element).join(' ')

const pdb = `HEADER    WATER
MODEL        1
ATOM      1  CA AGLY A   1      11.000  12.000 -13.500  0.50  0.00           C
ATOM      2  CA BGLY A   1      11.100  12.000 -13.500  0.50  0.00           C
HETATM    3  O   HOH A   2       1.000   2.000   3.000
HETATM    4 1HB  HOH A   2       1.960   2.000   3.000
HETATM    5 CL    CL A   3       9.000   2.000   3.000
CONECT    5    3
ENDMDL
MODEL        2
ATOM      6  N   GLY A   1       0.000   0.000   0.000
ENDMDL
`

test('a PDB file has the first model, one place of each atom, elements by column or name, and bonds that it says', () => {
  const found = parsePdb(pdb)
  expect(elements(found.atoms)).toBe('C O H Cl')
  expect(found.atoms[0]!.place).toEqual([11, 12, -13.5])
  expect(found.notes).toEqual(['The first of 2 models is drawn.'])
  expect(findBonds(found)).toEqual([
    [3, 1],
    [1, 2],
  ])
  expect(() => parsePdb('ATOM      1  CA  GLY A   1      eleven  12.000 -13.500')).toThrow('Line 1 has an atom without')
})

test('a PQR file is read by white space', () => {
  expect(parsePqr('ATOM 1 N ALA 1 1.5 -2 3 -0.4 1.82\nATOM 2 HN1 ALA 1 2.5 -2 3 0.3 1\n').atoms).toEqual([
    { element: 'N', place: [1.5, -2, 3] },
    { element: 'H', place: [2.5, -2, 3] },
  ])
})

const mol = `ethanol
 program
 comment
  3  2  0  0  0  0  0  0  0  0999 V2000
    0.0000    0.0000    0.0000 C   0  0
    1.5000    0.0000    0.0000 C   0  0
    2.0000    1.3000    0.0000 Cl  0  0
  1  2  1  0
  2  3  1  0
M  END
`

test('an SDF file has the first of its molecules, with its bonds and no others', () => {
  const found = parseSdf(`${mol}$$$$\n${mol}$$$$\n`)
  expect(elements(found.atoms)).toBe('C C Cl')
  expect(findBonds(found)).toEqual([
    [0, 1],
    [1, 2],
  ])
  expect(found.notes).toEqual(['The first of 2 molecules is drawn.'])
  expect(() => parseSdf(mol.replace('  2  3  1', '  2  9  1'))).toThrow('Line 9 names an atom')
  expect(() => parseSdf('a\n\n\n  0  0  0 V3000')).toThrow('V3000')
  expect(() => parseSdf('nothing')).toThrow('Line 4')
})

test('a MOL2 file names atoms in its bonds', () => {
  const text =
    '@<TRIPOS>MOLECULE\nx\n@<TRIPOS>ATOM\n7 C1 0 0 0 C.ar\n8 N1 1.4 0 0 N.3 1 A\n@<TRIPOS>BOND\n1 8 7 ar\n@<TRIPOS>MOLECULE\ny\n@<TRIPOS>ATOM\n1 C 0 0 0 C\n'
  const found = parseMol2(text)
  expect(elements(found.atoms)).toBe('C N')
  expect(findBonds(found)).toEqual([[1, 0]])
  expect(() => parseMol2(text.replace('1 8 7', '1 8 6'))).toThrow('Line 7')
})

test('a GRO file counts in nanometres', () => {
  const found = parseGro(
    'water\n3\n    1WATER  OW1    1   0.126   1.624   1.679\n    1WATER  HW2    2   0.190   1.661   1.747\n    2ION     CL    3   1.000   1.000   1.000\n   1.8 1.8 1.8\n',
  )
  expect(elements(found.atoms)).toBe('O H Cl')
  expect(found.atoms[0]!.place[0]).toBeCloseTo(1.26)
  expect(findBonds(found)).toEqual([[0, 1]])
  expect(() => parseGro('x\n4\n')).toThrow('Line 3')
})

test('an mmCIF file has its columns in any order, and quotes', () => {
  const text = `data_X
loop_
_atom_site.type_symbol
_atom_site.label_atom_id
_atom_site.Cartn_z
_atom_site.Cartn_x
_atom_site.Cartn_y
_atom_site.pdbx_PDB_model_num
C 'C A' 3 1 2 1
FE "O5'" 6 4 5 1
N N 0 0 0 2
#
loop_
_other.id
1
`
  const found = parseMmcif(text)
  expect(found.atoms).toEqual([
    { element: 'C', place: [1, 2, 3] },
    { element: 'Fe', place: [4, 5, 6] },
  ])
  expect(found.notes).toEqual(['The first of 2 models is drawn.'])
  expect(() => parseMmcif('data_x\n_atom_site_fract_x 0')).toThrow('crystal')
})

test('bonds are found by distance as if every two atoms were compared', () => {
  // Tenths of an ångström in a small room, so that there are bonds in every direction and across all borders of cells.
  const tenth = fc.integer({ min: -60, max: 60 }).map((tenths) => tenths / 10)
  const atom = fc.record({
    element: fc.constantFrom('H', 'C', 'O', 'S', 'K', 'Xx'),
    place: fc.tuple(tenth, tenth, tenth),
  })
  const isNear = (a: Atom, b: Atom): boolean => {
    const length = Math.hypot(...a.place.map((value, axis) => value - b.place[axis]!))
    const usual = elementOf(a.element).bondRadius + elementOf(b.element).bondRadius
    return (a.element !== 'H' || b.element !== 'H') && length > 0.4 && length < usual + 0.4
  }
  const sorted = (bonds: readonly (readonly number[])[]): string[] =>
    bonds.map((bond) => bond.toSorted((a, b) => a - b).join()).toSorted()
  fc.assert(
    fc.property(fc.array(atom, { minLength: 20, maxLength: 60 }), (atoms) => {
      const pairs = atoms.flatMap((_, a) => atoms.slice(0, a).map((_other, b) => [b, a] as const))
      const expected = pairs.filter(([a, b]) => isNear(atoms[a]!, atoms[b]!))
      const found = findBonds({ atoms, bonds: [], areBondsComplete: false, notes: [] })
      expect(sorted(found)).toEqual(sorted(expected))
    }),
    { numRuns: 50 },
  )
})

test('a molecule is balls and sticks with what it is made of in words, and a large one points and lines', () => {
  const model = parseSpaceFile('Ethanol.MOL', new TextEncoder().encode(mol))
  expect(model.parts).toBe('3 atoms (C 2, Cl 1), 2 bonds')
  const [mesh] = model.meshes
  expect(mesh!.indices!.every((index) => index < mesh!.positions.length / 3)).toBe(true)
  expect(mesh!.positions.every(Number.isFinite) && mesh!.normals!.every(Number.isFinite)).toBe(true)
  expect(boundsOf(model)!.high[0]).toBeCloseTo(2.38)
  const chain = Array.from({ length: 6000 }, (_, i) => `ATOM ${i} C GLY 1 ${(i * 1.5).toFixed(2)} 0 0 0 1`).join('\n')
  const large = parseSpaceFile('a.pqr', new TextEncoder().encode(chain))
  expect(large.meshes).toEqual([])
  expect(large.parts).toBe('6,000 atoms (C 6,000), 5,999 bonds')
  expect(large.points[0]!.positions).toHaveLength(18_000)
  expect(large.lines[0]!.positions).toHaveLength(5999 * 2 * 6)
})
