import { type Atom, type Molecule, toAtom } from './molecule.ts'

const prefix = '_atom_site.'

/** The atoms of a file of the Protein Data Bank's format of today. Of several models the first. @throws Error that says what is wrong. */
export function parseMmcif(text: string): Molecule {
  const lines = text.split(/\r?\n/)
  const start = lines.findIndex((line) => line.trim().toLowerCase().startsWith(prefix))
  if (start < 0) {
    const isCrystal = /^\s*_atom_site_fract_x/m.test(text)
    throw new Error(
      isCrystal
        ? 'It says places as shares of a crystal cell, which are not read here.'
        : 'There is no atom in this file.',
    )
  }
  const columns: string[] = []
  let row = start
  for (; lines[row]?.trim().toLowerCase().startsWith(prefix); row += 1) {
    columns.push(lines[row]!.trim().toLowerCase().slice(prefix.length))
  }
  const indexOf = (name: string): number => columns.indexOf(name)
  const coordinates = ['cartn_x', 'cartn_y', 'cartn_z'].map(indexOf)
  if (coordinates.includes(-1)) throw new Error('Its atoms have no places in ångström.')
  const [element, model, alternative] = ['type_symbol', 'pdbx_pdb_model_num', 'label_alt_id'].map(indexOf)
  const atoms: Atom[] = []
  const models = new Set<string | undefined>()
  for (; row < lines.length; row += 1) {
    const line = lines[row]!.trim()
    if (line === '' || line.startsWith('#') || line === 'loop_' || /^(_|data_)/.test(line)) break
    const cells = line.match(/'[^']*'(?=\s|$)|"[^"]*"(?=\s|$)|\S+/g) ?? []
    models.add(cells[model ?? -1])
    const isFirst = models.size === 1 && '.?A1'.includes(cells[alternative ?? -1] ?? '.')
    if (isFirst)
      atoms.push(
        toAtom(
          cells[element ?? -1] ?? '',
          coordinates.map((column) => cells[column]),
          row,
        ),
      )
  }
  return {
    atoms,
    bonds: [],
    areBondsComplete: false,
    notes: models.size > 1 ? [`The first of ${models.size} models is drawn.`] : [],
  }
}
