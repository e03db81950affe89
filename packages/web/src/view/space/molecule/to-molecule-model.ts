import { formatCount } from '../../text/format.ts'
import type { SpaceMesh, SpaceModel } from '../space-model.ts'
import { elementOf } from './elements.ts'
import { findBonds } from './find-bonds.ts'
import type { Atom, Molecule } from './molecule.ts'
import { type Shape, sphere, stick } from './shapes.ts'

/** Ångström. */
const hydrogenRadius = 0.25
const atomRadius = 0.38
const stickRadius = 0.11
/** Of more atoms balls and sticks would be millions of triangles. */
const ballsMax = 5000

/** A molecule as balls and sticks, each half of a stick in the colour of its atom; a large one as points and lines. */
export function toMoleculeModel(molecule: Molecule): SpaceModel {
  const { atoms, notes } = molecule
  const bonds = findBonds(molecule)
  const empty = { meshes: [], points: [], lines: [], labels: [], up: 'y' as const }
  const parts = `${formatCount(atoms.length, 'atom')} (${formulaOf(atoms)}), ${formatCount(bonds.length, 'bond')}`
  const halves = bonds.flatMap(([from, to]) => halvesOf(atoms[from]!, atoms[to]!))
  if (atoms.length > ballsMax) {
    return {
      ...empty,
      parts,
      points: [
        {
          positions: Float32Array.from(atoms.flatMap(({ place }) => place)),
          colors: Float32Array.from(atoms.flatMap(({ element }) => elementOf(element).color)),
        },
      ],
      lines: [...new Set(atoms.map(({ element }) => element))].map((element) => {
        const own = halves.filter(({ atom }) => atom.element === element)
        return {
          positions: Float32Array.from(own.flatMap(({ atom, middle }) => [...atom.place, ...middle])),
          color: elementOf(element).color,
        }
      }),
      notes: [...notes, `Points and lines stand for more than ${formatCount(ballsMax, 'atom')}.`],
    }
  }
  const shapes = [
    ...atoms.map((atom) => ({ atom, shape: sphere(atom.place, atom.element === 'H' ? hydrogenRadius : atomRadius) })),
    ...halves.map(({ atom, middle }) => ({ atom, shape: stick(atom.place, middle, stickRadius) })),
  ]
  return { ...empty, parts, meshes: [toMesh(shapes)], notes }
}

function halvesOf(a: Atom, b: Atom): readonly { readonly atom: Atom; readonly middle: Atom['place'] }[] {
  const middle = a.place.map((value, axis) => (value + b.place[axis]!) / 2) as unknown as Atom['place']
  return [
    { atom: a, middle },
    { atom: b, middle },
  ]
}

function toMesh(shapes: readonly { readonly atom: Atom; readonly shape: Shape }[]): SpaceMesh {
  const [positions, normals, colors, indices] = [[], [], [], []] as [number[], number[], number[], number[]]
  for (const { atom, shape } of shapes) {
    const first = positions.length / 3
    const { color } = elementOf(atom.element)
    for (const value of shape.positions) positions.push(value)
    for (const value of shape.normals) normals.push(value)
    for (let corner = 0; corner < shape.positions.length / 3; corner += 1) colors.push(...color)
    for (const index of shape.indices) indices.push(first + index)
  }
  return {
    positions: Float32Array.from(positions),
    normals: Float32Array.from(normals),
    colors: Float32Array.from(colors),
    indices: Uint32Array.from(indices),
    color: [1, 1, 1],
    opacity: 1,
  }
}

/** `C 2, H 6, O 1`, by Hill: carbon, hydrogen, then the others by name. */
function formulaOf(atoms: readonly Atom[]): string {
  const counts = new Map<string, number>()
  for (const { element } of atoms) counts.set(element, (counts.get(element) ?? 0) + 1)
  const rank = (element: string): string =>
    element === 'C' ? ' 0' : element === 'H' && counts.has('C') ? ' 1' : element
  return [...counts]
    .sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1))
    .map(([element, count]) => `${element} ${count.toLocaleString('en-US')}`)
    .join(', ')
}
