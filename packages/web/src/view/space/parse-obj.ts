import { plainColor, type SpaceModel, toLight } from './space-model.ts'

/**
 * A file in Wavefront's OBJ format: corners, with colours where they have some, and faces of any number of corners, which become
 * triangles. Materials and textures are other files, which nobody has logged, so it is drawn without.
 *
 * @throws Error that says what is wrong with which line.
 */
export function parseObj(text: string): SpaceModel {
  const corners: number[] = []
  const cornerColors: number[] = []
  const faces: number[] = []
  const segments: number[] = []
  let hasMaterials = false
  for (const [number, line] of text.split('\n').entries()) {
    const [word, ...parts] = line.trim().split(/\s+/)
    if (word === 'v') {
      const values = parts.map(Number)
      if (values.length < 3 || values.some((value) => !Number.isFinite(value)))
        throw new Error(`Line ${number + 1} is no corner: ${line.trim()}`)
      corners.push(values[0]!, values[1]!, values[2]!)
      // A fourth number alone is a weight, which surfaces do not have.
      if (values.length >= 6) cornerColors.push(...values.slice(3, 6).map(toLight))
    } else if (word === 'f' || word === 'l') {
      const indices = parts.map((part) => toIndex(part, corners.length / 3, number))
      if (word === 'l') for (let i = 1; i < indices.length; i += 1) segments.push(indices[i - 1]!, indices[i]!)
      else for (let i = 2; i < indices.length; i += 1) faces.push(indices[0]!, indices[i - 1]!, indices[i]!)
    } else if (word === 'mtllib') hasMaterials = true
  }
  if (corners.length === 0) throw new Error('There is no corner in this file.')
  const positions = Float32Array.from(corners)
  const colors = cornerColors.length === corners.length ? Float32Array.from(cornerColors) : undefined
  const isCloud = faces.length === 0 && segments.length === 0
  return {
    meshes:
      faces.length === 0
        ? []
        : [{ positions, colors, indices: Uint32Array.from(faces), color: plainColor, opacity: 1 }],
    points: isCloud ? [{ positions, colors: colors ?? evenColors(positions.length) }] : [],
    lines:
      segments.length === 0
        ? []
        : [
            {
              positions: Float32Array.from(segments.flatMap((corner) => corners.slice(corner * 3, corner * 3 + 3))),
              color: plainColor,
            },
          ],
    labels: [],
    up: 'y',
    notes: hasMaterials ? ['Its materials are in another file and are not drawn.'] : [],
  }
}

/** `7`, `7/1/2` or `-1`, which counts from the end. */
function toIndex(part: string, count: number, line: number): number {
  const given = Number(part.split('/')[0])
  const index = given < 0 ? count + given : given - 1
  if (!Number.isInteger(index) || index < 0 || index >= count)
    throw new Error(`Line ${line + 1} names a corner that there is not: ${part}`)
  return index
}

function evenColors(length: number): Float32Array {
  return Float32Array.from({ length }, (_, at) => plainColor[at % 3]!)
}
