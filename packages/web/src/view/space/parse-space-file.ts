import { parseMolecule } from './molecule/parse-molecule.ts'
import { parseGltf } from './parse-gltf.ts'
import { parseObj } from './parse-obj.ts'
import { parsePoints } from './parse-points.ts'
import { parseStl } from './parse-stl.ts'
import type { SpaceModel } from './space-model.ts'

/**
 * What is in a file of an object in space; its name tells of which format it is.
 *
 * @throws Error that says what is wrong with it, for whoever looks at it.
 */
export function parseSpaceFile(name: string, bytes: Uint8Array): SpaceModel {
  const text = (): string => new TextDecoder().decode(bytes)
  const lower = name.toLowerCase()
  if (lower.endsWith('.pts.json')) return parsePoints(text())
  if (lower.endsWith('.obj')) return parseObj(text())
  if (lower.endsWith('.stl')) return parseStl(bytes)
  if (/\.(gltf|glb)$/.test(lower)) return parseGltf(bytes)
  const molecule = parseMolecule(lower, text)
  if (molecule) return molecule
  throw new Error('Files of this kind are not drawn here.')
}
