import type { SpaceModel } from '../space-model.ts'
import type { Molecule } from './molecule.ts'
import { parseGro } from './parse-gro.ts'
import { parseMmcif } from './parse-mmcif.ts'
import { parseMol2 } from './parse-mol2.ts'
import { parsePdb, parsePqr } from './parse-pdb.ts'
import { parseSdf } from './parse-sdf.ts'
import { toMoleculeModel } from './to-molecule-model.ts'

const parsers: readonly (readonly [name: RegExp, parse: (text: string) => Molecule])[] = [
  [/\.pdb$/, parsePdb],
  [/\.pqr$/, parsePqr],
  [/\.(mmcif|mcif|cif)$/, parseMmcif],
  [/\.(sdf|sd|mol)$/, parseSdf],
  [/\.mol2$/, parseMol2],
  [/\.gro$/, parseGro],
]

/**
 * A molecule, as balls and sticks; undefined for files of other kinds. @throws Error that says what is wrong with it.
 *
 * @param name - In lower case.
 */
export function parseMolecule(name: string, text: () => string): SpaceModel | undefined {
  const parse = parsers.find(([pattern]) => pattern.test(name))?.[1]
  if (!parse) return undefined
  const molecule = parse(text())
  if (molecule.atoms.length === 0) throw new Error('There is no atom in this file.')
  return toMoleculeModel(molecule)
}
